"""The egg that scrapyd gets: every data file is inside, and everything works from it while it stays zipped."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.crawling import ROOT
from tests.scrapyd_host import build_egg

READ_ALL = """
import json, sys
from hashlib import sha256
from importlib.resources import files
sys.path.insert(0, sys.argv[1])
import resumption
assert ".egg/" in resumption.__file__, resumption.__file__
sums = {}
for name in json.loads(sys.argv[2]):
    place = files(name.split("/")[0])
    for part in name.split("/")[1:]:
        place = place / part
    sums[name] = sha256(place.read_bytes()).hexdigest() if place.is_file() else "missing"
json.dump(sums, sys.stdout)
"""

WORK = """
import sys
sys.path.insert(0, sys.argv[1])
import resumption
assert ".egg/" in resumption.__file__, resumption.__file__
"""

USES = {
    "portals": "from resumption.portals import load_portal; print(len(load_portal('qilu').channels) > 15)",
    "regions": "from resumption.lexicon.gazetteer import town_region; print(town_region('横沥镇', '441900').full_name)",
    "extraction": "from resumption.items import Article\n"
    "text = '截至2月21日，全市规模以上工业企业复工率达到90.5%。'\n"
    "print(resumption.extract(Article(url='', title='复工', text=text))[0].value)",
    "schema": "from resumption.schema import load_schema; print(load_schema('articles')['type'])",
    "views": "from resumption.warehouse import sql; print(len(sql.views()) > 5, len(sql.checks()) > 5)",
    "replay": "from resumption.run import open_replay; print(open_replay('bundled') is not None)",
}
SAID = {
    "portals": "True",
    "regions": "广东省东莞市横沥镇",
    "extraction": "90.5",
    "schema": "object",
    "views": "True True",
    "replay": "True",
}


@pytest.fixture(scope="module")
def egg(tmp_path_factory):
    return build_egg(tmp_path_factory.mktemp("egg"))


def python(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", *arguments], cwd=cwd, capture_output=True, text=True, timeout=60, check=False
    )


def data_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "resumption", "seeds"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:  # an unpacked archive has no list of files
        found = [p.relative_to(ROOT) for top in ("resumption", "seeds") for p in (ROOT / top).rglob("*") if p.is_file()]
        return [str(p) for p in found if p.suffix not in (".py", ".pyc")]
    return [name for name in listed.stdout.split("\0") if name and not name.endswith(".py")]


def test_every_data_file_is_inside_and_readable_zipped(egg, tmp_path):
    names = data_files()
    assert len(names) > 40
    done = python(READ_ALL, str(egg), json.dumps(names), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in names}


def test_no_module_opens_a_file_beside_itself():
    """A path made from __file__ ends inside the zip: only tools of the source tree may do so, or ask the loader."""
    tools = {"lexicon/build_regions.py", "warehouse/documents.py", "lexicon/read.py"}
    tools |= {f"commands/{name}.py" for name in ("schema", "newportal", "snapshot", "accuracy")}
    package = ROOT / "resumption"
    users = {str(p.relative_to(package)) for p in package.rglob("*.py") if "__file__" in p.read_text(encoding="utf-8")}
    assert users <= tools, f"read data with importlib.resources: {sorted(users - tools)}"


@pytest.mark.parametrize("what", USES)
def test_works_zipped(egg, tmp_path, what):
    done = python(f"{WORK}\n{USES[what]}", str(egg), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == SAID[what]


def test_the_replay_archive_leaves_nothing_behind(egg, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    use = f"import tempfile; tempfile.tempdir = {str(scratch)!r}\n{USES['replay']}"
    assert python(f"{WORK}\n{use}", str(egg), cwd=tmp_path).stdout.strip() == "True"
    assert not list(Path(scratch).iterdir())
