"""docs/operations.md, followed literally: its `sh` blocks, in a scratch host, end in a warehouse with figures.

Only names are changed: folders, the port, and `make setup`, for which the environment of this test stands in.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from resumption.warehouse import open_warehouse
from tests.crawling import ROOT
from tests.scrapyd_host import free_port, pids_with, wait_for

GUIDE = ROOT / "docs" / "operations.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def host(tmp_path):
    """An empty host: a clone of the software, folders, nothing else."""
    opt = tmp_path / "opt" / "resumption"
    for folder in ("resumption", "seeds", "deploy"):
        shutil.copytree(ROOT / folder, opt / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.py", "scrapy.cfg", "requirements.txt"):
        shutil.copy(ROOT / name, opt / name)
    (opt / ".venv").symlink_to(Path(sys.prefix))
    for folder in ("var/lib/resumption/data", "var/lib/resumption/scrapyd", "etc/resumption"):
        (tmp_path / folder).mkdir(parents=True)
    yield tmp_path
    for pid in pids_with(str(tmp_path)):
        os.kill(pid, signal.SIGKILL)


def follow(block, host, port):
    """Run a block as it stands, but for folders and port."""
    for name in ("/opt/resumption", "/var/lib/resumption", "/etc/resumption"):
        block = block.replace(name, f"{host}{name}")
    block = block.replace("6800", str(port)).replace("make setup", "test -x .venv/bin/scrapy")
    drop = ("RESUMPTION_", "SCRAPYD_", "REPLAY", "PYTHONPATH", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    env = {k: v for k, v in os.environ.items() if not k.startswith(drop)} | {"HOME": str(host)}
    done = subprocess.run(
        ["sh", "-eu", "-c", block], cwd=host, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def move(host, port):
    """The same files for another port and other folders, as the blocks are changed."""
    opt = host / "opt" / "resumption"
    for path in (opt / "scrapy.cfg", opt / "deploy" / "scrapyd.conf", opt / "deploy" / "env.example"):
        text = path.read_text(encoding="utf-8").replace("6800", str(port))
        path.write_text(text.replace("/var/lib/resumption", f"{host}/var/lib/resumption"), encoding="utf-8")


def test_the_guide_ends_in_a_warehouse(host):
    port = free_port()
    move(host, port)
    setup, secrets, start, deploy, crawl, load, schedule, health, upgrade = BLOCKS
    data = host / "var/lib/resumption/data"
    for block in (setup, secrets, start):
        follow(block, host, port)
    assert "CHANGE-ME" not in (host / "etc/resumption/env").read_text()
    assert (host / "etc/resumption/env").stat().st_mode & 0o077 == 0
    out = host / "var/lib/resumption/scrapyd/scrapyd.out"
    wait_for("scrapyd listens", lambda: out.exists() and f"127.0.0.1:{port}" in out.read_text(), 60)
    assert follow(deploy, host, port).split()[-2:] == ["netease", "qilu"]
    assert follow(crawl, host, port).count(" started: ") == 2
    wait_for("both crawls", lambda: len(list(data.glob("runs/*/run.json"))) == 2)
    wait_for(
        "their ends", lambda: not pids_with("scrapyd.runner") or not pids_with(str(host) + "/var/lib/resumption/scr")
    )
    assert "loaded " in follow(load, host, port)
    with open_warehouse(f"duckdb:///{data / 'warehouse.duckdb'}", read_only=True) as warehouse:
        assert warehouse.fetch("SELECT count(*) > 5 FROM obs_report") == [(True,)]
        assert warehouse.fetch("SELECT portal, verdict FROM run ORDER BY 1") == [("netease", "ok"), ("qilu", "ok")]
    assert int(follow(schedule, host, port)) >= 8
    assert "channels are ok" in follow(health, host, port)
    assert (host / "var/lib/resumption/resumption.prom").is_file()
    assert '"status": "ok"' in follow(upgrade, host, port)


def test_other_parts_of_the_guide_name_things_that_exist():
    text = GUIDE.read_text(encoding="utf-8")
    for name in re.findall(r"deploy/[\w@./-]*\w", text):
        assert list(ROOT.glob(f"{name}*")), name
    units = {path.name for path in (ROOT / "deploy" / "systemd").iterdir()}
    for name in re.findall(r"resumption-[\w@-]+\.(?:service|timer)", text):
        assert name in units or name.startswith("resumption-slot-"), name
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "resumption").rglob("*.py"))
    for variable in set(re.findall(r"RESUMPTION_[A-Z_]+|SCRAPYD_[A-Z_]+", text)):
        assert variable in code, variable


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy" / "systemd").iterdir()), ids=lambda p: p.name)
def test_units_call_commands_that_exist(unit):
    text = unit.read_text(encoding="utf-8")
    assert re.search(r"^\[(Service|Timer)\]$", text, re.M)
    for command in re.findall(r"^ExecStart=(\S+)(?: (\S+))?", text, re.M):
        program, word = command
        assert program in ("/opt/resumption/.venv/bin/scrapy", "/opt/resumption/.venv/bin/scrapyd")
        if program.endswith("/scrapy"):
            assert (ROOT / "resumption" / "commands" / f"{word}.py").is_file()


def test_every_setting_of_scrapyd_conf_is_one_that_scrapyd_knows():
    from configparser import ConfigParser
    from pkgutil import get_data

    ours, theirs = ConfigParser(), ConfigParser()
    ours.read(ROOT / "deploy" / "scrapyd.conf", encoding="utf-8")
    theirs.read_string(get_data("scrapyd", "default_scrapyd.conf").decode())
    assert set(ours["scrapyd"]) <= set(theirs["scrapyd"])
    assert ours["scrapyd"]["bind_address"] == "127.0.0.1"
    assert ours["scrapyd"]["username"]
    assert ours["scrapyd"]["password"]
