"""Feeds: whole parts, each version once, killed or out of space at any step."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resumption.feeds import FEEDS, FeedError, FeedWriter, recover
from resumption.items import Article, Observation, Unit, observation_id
from resumption.ledger import Ledger, Page
from resumption.reprints import make_print

RUN = "qilu-20200222T000000000000-1"
WATCHED = ("resumption/feeds.py", "resumption/ledger.py")


def article(number: int, text: str | None = None, portal: str = "qilu") -> Article:
    text = text or f"截至2月{number % 28 + 1}日，第{number}号简报：规上工业企业复工{300 + number}家，其余陆续开工。"
    start = text.index("家") - len(str(300 + number)) if f"{300 + number}家" in text else 0
    figure = text[start : text.index("家") + 1]
    made = Article(
        url=f"http://weihai.iqilu.com/whyw/2020/0222/{number}.shtml",
        title=f"第{number}号简报",
        text=text,
        portal=portal,
        doc_id=str(number),
        published_at="2020-02-22T17:07:02+08:00",
        fetched_at="2020-02-22T18:00:00+08:00",
    )
    observation = Observation(
        obs_id=observation_id(made.article_version_id, figure, 0),
        start=start,
        end=start + len(figure),
        number=figure,
        quote=text,
        quote_start=0,
        quote_end=len(text),
        indicator="enterprises_resumed",
        value=300.0 + number,
        unit=Unit.COUNT,
        rule="test",
    )
    return replace(made, observations=(observation,))


def page(a: Article) -> Page:
    return Page(a.doc_id, a.url, "weihai", a.article_id, "written", None, "2020-02-22", "2020-02-22", 1)


def write(data: Path, articles: list[Article], run: str = RUN, per_part: int = 3) -> None:
    ledger = Ledger(data / "ledger.sqlite")
    recover(data, ledger, "qilu")
    writer = FeedWriter(data, ledger, "qilu", run)
    for a in articles:
        if ledger.page("qilu", a.doc_id) is None:
            writer.add(a, page(a))
        if len(writer) >= per_part:
            writer.flush()
    writer.close()
    ledger.close()


def lines(data: Path, feed: str) -> list[dict]:
    found = []
    for path in sorted((data / "feeds" / feed).glob("*.jsonl")):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n"), path
        found += [json.loads(line) for line in text.splitlines()]
    return found


def check_whole(data: Path, articles: list[Article]) -> None:
    """Every article once in both feeds, no temporary file left, manifests true."""
    assert sorted(r["article_version_id"] for r in lines(data, "articles")) == sorted(
        a.article_version_id for a in articles
    )
    assert sorted(r["obs_id"] for r in lines(data, "observations")) == sorted(
        o.obs_id for a in articles for o in a.observations
    )
    assert not list((data / "feeds").rglob(".*"))
    named = set()
    for path in (data / "feeds" / "manifests").glob("*.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        assert manifest["complete"] is True
        for file in manifest["files"]:
            body = (data / "feeds" / file["path"]).read_bytes()
            assert hashlib.sha256(body).hexdigest() == file["sha256"]
            assert body.count(b"\n") == file["rows"]
            named.add(file["path"])
    assert named == {f"{f}/{p.name}" for f in FEEDS for p in (data / "feeds" / f).glob("*.jsonl")}


def in_child(work, step: int) -> int:
    """Run `work` in a forked child that kills itself at the step-th call out of feeds.py or ledger.py; exit status."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    count = 0

    def watch(frame, event, arg):
        nonlocal count
        if event in ("c_call", "c_return", "call") and frame.f_code.co_filename.endswith(WATCHED):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    work()
    os._exit(0)


def test_k1_killed_at_every_step_of_writing(tmp_path):
    """A kill between any two calls of feeds.py and ledger.py: the next run completes the feeds, nothing twice."""
    articles = [article(n) for n in range(7)]
    step, killed = 0, 0
    while True:
        step += 7
        data = tmp_path / str(step)
        status = in_child(lambda data=data: write(data, articles), step)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        killed += 1
        for path in (data / "feeds").glob("*/*.jsonl"):
            assert path.read_text(encoding="utf-8").endswith("\n")
        write(data, articles, run="qilu-20200223T000000000000-2")
        check_whole(data, articles)
    assert killed > 100


def test_k1_killed_again_and_again_in_one_folder(tmp_path):
    articles = [article(n) for n in range(12)]
    for attempt in range(1, 40):
        in_child(lambda n=attempt: write(tmp_path, articles, run=f"qilu-2020022{n:04d}-1"), 150 + attempt * 13)
    write(tmp_path, articles, run="qilu-20210101T000000000000-9")
    check_whole(tmp_path, articles)


@pytest.mark.parametrize("limit", [0, 1, 100, 1000, 2000, 3000])
def test_k3_no_space_left(tmp_path, limit):
    """Files may grow to `limit` bytes only: a clear error, no half file, the next run writes all."""
    articles = [article(n) for n in range(7)]
    ledger = Ledger(tmp_path / "ledger.sqlite")
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        writer = FeedWriter(tmp_path, ledger, "qilu", RUN)
        for a in articles:
            writer.add(a, page(a))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            writer.flush()
        except FeedError as error:
            os._exit(17 if "cannot write the feeds" in str(error) and len(writer) == 7 else 18)
        os._exit(19)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 17
    assert not list((tmp_path / "feeds").rglob("*.jsonl"))
    ledger.close()
    write(tmp_path, articles, run="qilu-20200223T000000000000-2")
    check_whole(tmp_path, articles)


def test_k3_read_only_folder(tmp_path):
    """A folder that is a file: the error says so, what waits is kept and written when there is a folder again."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    (tmp_path / "feeds").write_text("")
    writer = FeedWriter(tmp_path, ledger, "qilu", RUN)
    writer.add(article(1), page(article(1)))
    with pytest.raises(FeedError, match="cannot write the feeds"):
        writer.flush()
    (tmp_path / "feeds").unlink()
    assert writer.flush() == 1
    assert [r["doc_id"] for r in lines(tmp_path, "articles")] == ["1"]


def test_recover_takes_back_a_part_whose_files_are_gone(tmp_path):
    """Committed, not renamed, and the temporary files were lost with the disk: the articles are read again."""
    articles = [article(n) for n in range(3)]
    ledger = Ledger(tmp_path / "ledger.sqlite")
    writer = FeedWriter(tmp_path, ledger, "qilu", RUN)
    for a in articles:
        writer.add(a, page(a))
    writer.flush()
    ledger._db.execute("update part set state = 'pending'")
    for path in (tmp_path / "feeds").rglob("*.jsonl"):
        path.unlink()
    assert recover(tmp_path, ledger, "qilu")["forgotten"] == 1
    assert ledger.page("qilu", "1") is None
    ledger.close()
    write(tmp_path, articles, run="qilu-20200223T000000000000-2")
    check_whole(tmp_path, articles)


def test_recover_leaves_another_portal_alone(tmp_path):
    folder = tmp_path / "feeds" / "articles"
    folder.mkdir(parents=True)
    (folder / ".netease-x-00001.jsonl.part").write_text("{")
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert recover(tmp_path, ledger, "qilu") == {"finished": 0, "forgotten": 0, "removed": 0}
    assert recover(tmp_path, ledger, "netease")["removed"] == 1


def test_d3_an_edited_article_is_a_new_version_linked_to_the_old(tmp_path):
    first = article(1)
    second = article(1, first.text.replace("301家", "309家"))
    third = article(1, first.text.replace("301家", "315家"))
    ledger = Ledger(tmp_path / "ledger.sqlite")
    writer = FeedWriter(tmp_path, ledger, "qilu", RUN)
    for a in (first, second, first):
        writer.add(a, page(a))
    writer.flush()
    writer.add(third, page(third))
    writer.close()
    found = {r["article_version_id"]: r["supersedes"] for r in lines(tmp_path, "articles")}
    order = [None, *(v for v in found)]
    assert list(found.values()) == order[:3]
    assert len({r["article_id"] for r in lines(tmp_path, "articles")}) == 1
    assert ledger.newest_version(first.article_id) == third.article_version_id


def test_quotes_portals_keep_no_text(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    writer = FeedWriter(tmp_path, ledger, "qilu", RUN, rights="quotes")
    writer.add(article(1), page(article(1)))
    writer.close()
    (row,) = lines(tmp_path, "articles")
    assert row["text"] is None
    assert row["text_sha256"]
    assert lines(tmp_path, "observations")[0]["quote"]


def test_an_observation_without_evidence_is_not_written(tmp_path):
    good = article(1)
    bad = replace(good, observations=(replace(good.observations[0], start=0),))
    ledger = Ledger(tmp_path / "ledger.sqlite")
    writer = FeedWriter(tmp_path, ledger, "qilu", RUN)
    writer.add(bad, page(bad))
    writer.close()
    assert writer.evidence_errors == 1
    assert lines(tmp_path, "articles")[0]["observation_count"] == 0


TEXT = (
    "截至2月21日24时，威海市规上工业企业复工1006家，复工率达到89.3%，到岗职工28.38万人。"
    "其中外资企业307家，员工返岗率79.4%；省重点项目全部复工，限额以上商贸企业营业面达到90.2%。"
    "市里为企业配备驻厂员1800名，帮助企业解决口罩、用工和运输问题362个，金融机构发放贷款15.7亿元。"
)


ROUNDUP = (
    "临沂市则另有安排：全市交通运输企业分批返岗，客运班线恢复四成，货运车辆优先发放通行证。"
    "济宁市把开复工责任落实到乡镇街道，一个项目一个专班，缺工的由人社部门点对点包车接回。"
    "菏泽市的电商园区先行营业，快递网点按三班错峰派件，直播基地恢复带货，农产品重新上架。"
)


@pytest.mark.parametrize(
    ("other", "reprint"),
    [
        (TEXT, True),
        ("据齐鲁网消息，" + TEXT + "（记者海宁）", True),
        (TEXT.replace("，", "\n"), True),
        (TEXT.replace("89.3%", "91.1%").replace("1006", "1027"), False),  # the bulletin of the next day
        (TEXT[:60], False),
        (TEXT + ROUNDUP, False),
        ("全市中小学开学时间另行通知，请家长关注学校公告，不信谣不传谣，共同做好防护工作。" * 3, False),
    ],
)
def test_reprints_are_marked_never_deleted(tmp_path, other, reprint):
    for same_part in (True, False):
        data = tmp_path / str(same_part)
        ledger = Ledger(data / "ledger.sqlite")
        first = replace(article(1), text=TEXT, observations=())
        second = replace(article(2), text=other, observations=(), published_at="2020-02-23T08:00:00+08:00")
        writer = FeedWriter(data, ledger, "qilu", RUN)
        writer.add(first, page(first))
        if not same_part:
            writer.flush()
        writer.add(second, page(second))
        writer.close()
        rows = lines(data, "articles")
        assert len(rows) == 2
        assert [r["duplicate_of"] for r in rows] == [None, first.article_id if reprint else None]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_a_print_of_any_text(text):
    made = make_print(Article(url="", title="", text=text))
    assert len(made.hashes) <= max(0, len(text) - 7)
    assert make_print(Article(url="", title="", text=text)) == made


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5, unique=True))
def test_d4_any_text_gives_whole_lines(tmp_path_factory, texts):
    """NUL, line separators, lone surrogates: UTF-8 without BOM, LF at the end, one object a line."""
    data = tmp_path_factory.mktemp("feeds")
    made = [replace(article(n), text=text, observations=()) for n, text in enumerate(texts)]
    write(data, made)
    for path in (data / "feeds" / "articles").glob("*.jsonl"):
        body = path.read_bytes()
        assert not body.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in body
        assert body.endswith(b"\n")
    assert len(lines(data, "articles")) == len({a.article_version_id for a in made})


def test_the_limit_that_k3_uses_is_real(tmp_path):
    """RLIMIT_FSIZE makes a write fail as a full disk does."""
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try:
            (tmp_path / "x").write_bytes(b"x" * 100)
        except OSError as error:
            os._exit(0 if error.errno == errno.EFBIG else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
