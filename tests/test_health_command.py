"""Health of the channels: states from run records, and the command with its table, metrics, notices and exit code."""

import json
import socketserver
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
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


class Mailbox(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs; the messages are on the server."""

    def handle(self):
        def say(line):
            self.wfile.write(line.encode() + b"\r\n")

        say("220 mailbox")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                say("354 go on")
                self.server.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            say("221 bye" if line.startswith(b"QUIT") else "250 ok")
            if line.startswith(b"QUIT"):
                return


def changes():
    return find_changes(assess([QILU], [run(1, "blocked")], NOW), {})


@pytest.mark.parametrize("style", ["slack", "wecom"])
def test_webhook(style):
    with Hook() as hook:
        assert send(changes(), {"RESUMPTION_WEBHOOK": hook.url, "RESUMPTION_WEBHOOK_STYLE": style}) == 1
    (body,) = hook.bodies
    text = body["text"] if style == "slack" else body["text"]["content"]
    assert "齐鲁网威海 (qilu/weihai): ok -> blocked" in text


def test_mail():
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.messages = []
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        host = f"127.0.0.1:{server.server_address[1]}"
        assert send(changes(), {"RESUMPTION_MAIL_TO": "desk@example.org", "RESUMPTION_SMTP": host}) == 1
        thread.join(20)
        (raw,) = server.messages
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Subject"] == "resumption: 2 channels changed"
    assert "齐鲁网威海 (qilu/weihai): ok -> blocked" in mail.get_content()


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
