"""Health of the channels: states from run records, and the command with its table, metrics, notices and exit code."""

import json
import socketserver
import ssl
import subprocess
import sys
import threading
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from resumption.commands.health import as_table, metrics
from resumption.monitor import State, assess, channel_state, worst
from resumption.notices import NoticeError, find_changes, read_told, send, told_after
from resumption.portals import load_portal, parse_portal
from resumption.warehouse import open_warehouse
from tests.crawling import ROOT, environment

NOW = datetime(2020, 2, 22, 12, 0, tzinfo=UTC)
SEED = """
title = "齐鲁网"
home = "http://www.iqilu.com/"
hosts = ["iqilu.com"]
article_urls = []
layouts = []
[schedule]
every_minutes = 60
[[channels]]
name = "weihai"
title = "齐鲁网威海"
url = "http://weihai.iqilu.com/"
region = "山东省威海市"
region_code = "371000"
[[channels]]
name = "zibo"
title = "齐鲁网淄博"
url = "http://zibo.iqilu.com/"
region = "山东省淄博市"
region_code = "370300"
[[channels]]
name = "laiwu"
title = "齐鲁网莱芜"
url = "http://laiwu.iqilu.com/"
region = "山东省莱芜市"
region_code = "371200"
retired = true
"""
QILU = parse_portal("qilu", SEED, "seed")


def counts(**values):
    return {"lists": 2, "links": 30, "articles": 2, "observations": 5, "layouts": {"qilu 2016": 2}} | values


def run(hours_ago, verdict="ok", reasons=(), channels=("weihai", "zibo"), replay=None, arguments=None, **values):
    """Record of a run that began so many hours before NOW."""
    return {
        "portal": "qilu",
        "verdict": verdict,
        "reasons": list(reasons),
        "started": f"{NOW - timedelta(hours=hours_ago):%Y-%m-%dT%H:%M:%SZ}",
        "replay": replay,
        "arguments": {"channel": ",".join(channels)} | (arguments or {}),
        "channels": {name: counts(**values.get(name, {})) for name in channels},
    }


def weihai(*records, portal=QILU):
    return next(c for c in assess([portal], records, NOW) if c.channel == "weihai")


LISTS = "weihai: 2 of 2 lists could not be read"
STATES = [
    ("ok", [run(0.5)], State.OK, None),
    ("never crawled", [run(0.5, channels=("zibo",))], State.UNKNOWN, None),
    ("own reason", [run(2), run(1, "degraded", [LISTS])], State.DEGRADED, 1),
    ("reason of another channel", [run(2), run(1, "degraded", ["zibo: 1 of 2 lists could not be read"])], State.OK, 2),
    ("reason of the whole run", [run(1, "degraded", ["9 of 20 requests failed"])], State.DEGRADED, 1),
    ("no link in its lists", [run(1, "degraded", [LISTS], weihai={"links": 0})], State.EMPTY, 1),
    ("blocked since", [run(9), run(3, "blocked"), run(2, "blocked"), run(1, "blocked")], State.BLOCKED, 3),
    ("blocked, ok, blocked", [run(3, "blocked"), run(2), run(1, "blocked")], State.BLOCKED, 1),
    ("whole run empty", [run(2), run(1, "empty", ["no article link in any list"])], State.EMPTY, 1),
    ("disk full", [run(1, "failed", ["feed_error: disk full"])], State.FAILED, 1),
    ("recovered", [run(2, "blocked"), run(1)], State.OK, 1),
    ("interrupted says nothing", [run(2), run(1, "interrupted")], State.OK, 2),
    ("locked says nothing", [run(2), run(1, "locked")], State.OK, 2),
    ("one address says nothing", [run(2), run(1, "empty", arguments={"url": "http://x"})], State.OK, 2),
    ("a search says nothing", [run(2), run(1, "empty", arguments={"search": "复工"})], State.OK, 2),
    ("just in time", [run(2.9)], State.OK, 2.9),
    ("stale", [run(9), run(3.1)], State.STALE, 0.1),
    ("stale although runs go on elsewhere", [run(5), run(0.5, channels=("zibo",))], State.STALE, 2),
    ("a replay is never stale", [run(999, replay="bundled")], State.OK, 999),
    ("a replay says nothing beside live runs", [run(1, "blocked"), run(0.5, replay="bundled")], State.BLOCKED, 1),
    (
        "general reader over a week",
        [run(h, weihai={"layouts": {"general (qilu)": 1}}) for h in range(6)],
        "degraded",
        5,
    ),
    ("too few to say", [run(1, weihai={"layouts": {"general (qilu)": 4}})], State.OK, 1),
    ("general in the week before", [run(400, weihai={"layouts": {"general (qilu)": 40}}), run(1)], State.OK, 400),
]


@pytest.mark.parametrize(("records", "state", "since"), [pytest.param(*case[1:], id=case[0]) for case in STATES])
def test_states(records, state, since):
    for order in (records, records[::-1]):
        channel = weihai(*order)
        assert channel.state == state
        if since is not None:
            assert abs(channel.since - (NOW - timedelta(hours=since))) < timedelta(minutes=1)
        if channel.state not in ("ok", "unknown", "blocked"):
            assert channel.reasons


def test_a_portal_without_a_run_and_a_retired_channel_are_left_out():
    assert assess([QILU], [], NOW) == []
    assert worst([]) is State.UNKNOWN
    assert [c.channel for c in assess([QILU], [run(1)], NOW)] == ["weihai", "zibo"]


def test_levels_against_the_usual():
    records = [run(24 * day + 1, weihai={"articles": 10, "observations": 40}) for day in range(1, 8)]
    channel = weihai(*records, run(1, weihai={"articles": 4, "observations": 9, "links": 12}))
    assert (channel.articles, channel.articles_usual) == (4, 10)
    assert (channel.observations, channel.observations_usual) == (9, 40)
    assert (channel.links, channel.links_usual) == (12, 30)
    assert channel.notes == ("4 articles in 24 hours, usually 10",)
    assert channel.state is State.OK


def test_the_worst_channel_gives_the_exit_code():
    order = [weihai(run(0.5)), weihai(run(5)), weihai(run(1, "degraded", [LISTS])), weihai(run(1, "blocked"))]
    codes = [worst(order[:n]).exit_code for n in range(1, 5)]
    assert codes == [0, 8, 3, 5]
    assert len({state.exit_code for state in State}) == len(State)


@pytest.mark.parametrize(
    "record",
    [{}, {"verdict": "ok"}, {"verdict": "ok", "portal": "qilu", "started": "soon", "channels": {"weihai": None}}],
)
def test_records_of_other_versions_do_no_harm(record):
    assess([QILU], [record, run(1)], NOW)
    channel_state(record, "weihai")


def test_table_names_channel_and_reason():
    text = as_table(assess([QILU], [run(2), run(1, "degraded", [LISTS])], NOW))
    assert "qilu/weihai 齐鲁网威海: 2 of 2 lists could not be read" in text
    assert text.endswith("1 of 2 channels are ok")
    quiet = as_table(assess([QILU], [run(0.5)], NOW), only_bad=True)
    assert quiet == "2 of 2 channels are ok"


def test_prometheus_file_is_read_back():
    channels = assess([QILU], [run(3), run(1, "blocked", channels=("weihai",)), run(0.5, channels=("zibo",))], NOW)
    families = text_string_to_metric_families(generate_latest(metrics(channels)).decode())
    samples = {
        (s.name.removeprefix("resumption_channel_"), s.labels["channel"], s.labels.get("state", "")): s.value
        for family in families
        for s in family.samples
    }
    assert samples["state", "weihai", "blocked"] == 1
    assert samples["state", "weihai", "ok"] == 0
    assert samples["state", "zibo", "ok"] == 1
    assert samples["last_good_run_timestamp_seconds", "weihai", ""] == (NOW - timedelta(hours=3)).timestamp()
    assert samples["articles", "zibo", ""] == 4


def test_changes_are_told_once():
    bad = assess([QILU], [run(1, "blocked")], NOW)
    changes = find_changes(bad, {})
    assert [str(c).partition(":")[0] for c in changes] == ["齐鲁网威海 (qilu/weihai)", "齐鲁网淄博 (qilu/zibo)"]
    told = told_after({}, changes)
    assert find_changes(bad, told) == []
    good = find_changes(assess([QILU], [run(0.5)], NOW), told)
    assert [(c.before, c.now.state) for c in good] == [("blocked", State.OK)] * 2
    assert find_changes(assess([QILU], [run(0.5, channels=("zibo",))], NOW), {}) == []


class Hook:
    """A real HTTP server that keeps what it was sent."""

    def __enter__(self):
        hook = self
        self.bodies, self.status = [], 200

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                hook.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook/secret-key"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Session(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs, with STARTTLS and AUTH PLAIN where the server has a certificate."""

    def handle(self):
        box, secure = self.server, False
        if box.at_once:
            secure = self.secure(box.certificate)
        self.say("220 mailbox")
        while line := self.rfile.readline().strip():
            box.heard.append((secure, line))
            word = line.upper()
            if word.startswith(b"EHLO"):
                self.say("250-mailbox", *(["250-STARTTLS"] if box.certificate and not secure else []), "250 AUTH PLAIN")
            elif word == b"STARTTLS":
                self.say("220 go on")
                secure = self.secure(box.certificate)
            elif word.startswith(b"AUTH PLAIN"):
                self.say("235 ok" if b64decode(line.split()[2]) == b"\0desk\0only-for-tests" else "535 no")
            elif word.startswith(b"DATA"):
                self.say("354 go on")
                box.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say("250 ok")
            elif word.startswith(b"QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def secure(self, certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        super().finish()
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        return True

    def finish(self):
        super().finish()
        self.connection.close()


class Mailbox(socketserver.TCPServer):
    """A real mail server for one session; `heard` is every line with whether it came over TLS."""

    def __init__(self, certificate=None, at_once=False):
        super().__init__(("127.0.0.1", 0), Session)
        self.certificate, self.at_once = certificate, at_once
        self.messages, self.heard, self.failures = [], [], []
        self.thread = threading.Thread(target=self.handle_request)
        self.thread.start()
        self.address = f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        self.failures.append(sys.exc_info()[0])

    def shutdown_request(self, request):
        request.close()

    def done(self):
        self.thread.join(20)
        assert not self.thread.is_alive()
        self.server_close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Key and certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2120, 1, 1, tzinfo=UTC)
    )
    signed = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("tls") / "mailbox.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, *form) + signed.public_bytes(pem))
    return path


def changes():
    return find_changes(assess([QILU], [run(1, "blocked")], NOW), {})


@pytest.mark.parametrize("style", ["slack", "wecom"])
def test_webhook(style):
    with Hook() as hook:
        assert send(changes(), {"RESUMPTION_WEBHOOK": hook.url, "RESUMPTION_WEBHOOK_STYLE": style}) == 1
    (body,) = hook.bodies
    text = body["text"] if style == "slack" else body["text"]["content"]
    assert "齐鲁网威海 (qilu/weihai): ok -> blocked" in text


LOGIN = {"RESUMPTION_SMTP_USER": "desk", "RESUMPTION_SMTP_PASSWORD": "only-for-tests"}
TO = {"RESUMPTION_MAIL_TO": "desk@example.org"}


def is_the_notice(raw):
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["To"] == "desk@example.org"
    assert mail["Subject"] == "resumption: 2 channels changed"
    assert "齐鲁网威海 (qilu/weihai): ok -> blocked" in mail.get_content()
    return True


def test_mail():
    box = Mailbox()
    assert send(changes(), TO | {"RESUMPTION_SMTP": box.address}) == 1
    box.done()
    assert [is_the_notice(raw) for raw in box.messages] == [True]


@pytest.mark.parametrize("at_once", [False, True], ids=["starttls", "smtps"])
def test_mail_with_a_password_goes_over_tls(certificate, monkeypatch, at_once):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Mailbox(certificate, at_once)
    address = f"smtps://{box.address}" if at_once else box.address
    assert send(changes(), TO | LOGIN | {"RESUMPTION_SMTP": address}) == 1
    box.done()
    assert [is_the_notice(raw) for raw in box.messages] == [True]
    assert [secure for secure, line in box.heard if line.upper().startswith((b"AUTH", b"DATA"))] == [True, True]


@pytest.mark.parametrize("offers", ["no TLS", "a certificate of nobody"])
def test_a_password_is_sent_to_no_server_without_tls_or_name(certificate, monkeypatch, offers):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    box = Mailbox(certificate if offers != "no TLS" else None)
    with pytest.raises(NoticeError, match="the mail was not taken") as error:
        send(changes(), TO | LOGIN | {"RESUMPTION_SMTP": box.address})
    box.done()
    assert box.messages == []
    assert not [line for _, line in box.heard if line.startswith(b"AUTH")]
    assert "only-for-tests" not in str(error.value)


def test_a_wrong_password_is_an_error(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Mailbox(certificate)
    with pytest.raises(NoticeError, match="SMTPAuthenticationError"):
        send(changes(), TO | LOGIN | {"RESUMPTION_SMTP": box.address, "RESUMPTION_SMTP_PASSWORD": "wrong"})
    box.done()
    assert box.messages == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1:9/secret-key", "http://[/secret-key", "ftp://x"]
)
def test_a_notice_that_is_not_delivered_is_an_error_without_the_address(url):
    with pytest.raises(NoticeError) as error:
        send(changes(), {"RESUMPTION_WEBHOOK": url})
    assert "secret-key" not in str(error.value)


def health(data, *arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "health", *arguments],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def blocked(tmp_path):
    """A data folder in which the last run of qilu was blocked."""
    channels = [c.name for c in load_portal("qilu").channels if not c.retired]
    record = run(1, "blocked", ["60 of 60 requests were refused"], channels=channels)
    folder = tmp_path / "runs" / "qilu-1"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def test_command(blocked):
    done = health(blocked, "--prometheus", str(blocked / "resumption.prom"))
    assert done.returncode == 5, done.stderr
    assert "qilu/weihai" in done.stdout
    assert "60 of 60 requests were refused" in done.stdout
    assert 'state="blocked"} 1.0' in (blocked / "resumption.prom").read_text()


def test_command_tells_until_it_was_heard(blocked):
    with Hook() as hook:
        hook.status = 500
        failed = health(blocked, "--notify", "--json", RESUMPTION_WEBHOOK=hook.url)
        assert failed.returncode == 5
        assert "the webhook answered 500" in failed.stderr
        assert "secret-key" not in failed.stderr + failed.stdout
        assert json.loads(failed.stdout)["state"] == "blocked"
        assert read_told(blocked / "health.json") == {}
        hook.status = 200
        for _ in range(2):
            assert health(blocked, "--notify", RESUMPTION_WEBHOOK=hook.url).returncode == 5
        assert len(hook.bodies) == 2, "once without success, once with it, and not again"


def test_command_reads_the_warehouse_too(blocked):
    target = f"duckdb:///{blocked / 'w.duckdb'}"
    record = json.loads((blocked / "runs" / "qilu-1" / "run.json").read_text())
    with open_warehouse(target) as warehouse:
        warehouse.load([], runs=[record | {"run": "qilu-1"}])
    done = health(blocked / "elsewhere", "--from", target)
    assert done.returncode == 5, done.stderr


def test_command_without_a_run(tmp_path):
    done = health(tmp_path)
    assert (done.returncode, done.stdout) == (9, "no run yet\n")
