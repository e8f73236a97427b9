"""Dockerfile, compose file and units: whatever they name exists, and what can be run here without an engine is run."""

import os
import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from resumption.commands.schedule import find_slots, timer_units
from resumption.portals import load_portal, portal_names
from tests.crawling import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = {path.stem for path in (ROOT / "resumption" / "commands").glob("[a-z]*.py")} | {"crawl", "list", "check"}


def copied():
    """Files and folders that the image takes from the tree."""
    for line in re.findall(r"^COPY (.+)$", DOCKERFILE, re.M):
        yield from shlex.split(line)[:-1]


def test_dockerfile_copies_what_exists_and_what_runs_needs():
    names = list(copied())
    assert all((ROOT / name).exists() for name in names), names
    # The egg is built inside: setup.py reads requirements.txt and packs resumption and seeds.
    assert {"requirements.txt", "setup.py", "scrapy.cfg", "resumption", "seeds", "deploy"} <= set(names)
    kept = re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8"), re.M)
    assert sorted(kept) == sorted(names)


def test_dockerfile_starts_a_script_that_exists_as_no_root():
    (command,) = re.findall(r'^CMD \["sh", "(.+)"\]$', DOCKERFILE, re.M)
    assert (ROOT / command).is_file()
    assert DOCKERFILE.index("\nUSER resumption") < DOCKERFILE.index("\nCMD")
    assert re.search(r"^FROM python:3\.11-slim-bookworm$", DOCKERFILE, re.M)


def test_compose_calls_commands_and_takes_secrets_from_the_environment():
    called = re.findall(r"\bscrapy[\" ,]+(\w+)", COMPOSE)
    assert {"load", "schedule", "report"} <= set(called) <= COMMANDS
    assert (DEPLOY / re.findall(r"dockerfile: deploy/(\w+)", COMPOSE)[0]).is_file()
    assert not re.search(r"(?i)password: +['\"]?[^'\"$\s{]", COMPOSE), "a password stands in the file"
    for variable in set(re.findall(r"\$\{(\w+)", COMPOSE)):
        assert f"{variable}=" in GUIDE, variable
    ports = re.findall(r'ports: \["([^"]+)"\]', COMPOSE)
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_start_of_a_container_writes_scrapyds_configuration(tmp_path):
    text = (DEPLOY / "start-scrapyd.sh").read_text(encoding="utf-8")
    opt, var = tmp_path / "opt" / "resumption", tmp_path / "var" / "resumption"
    (var / "scrapyd").mkdir(parents=True)
    (opt / "deploy").mkdir(parents=True)
    shutil.copy(DEPLOY / "scrapyd.conf", opt / "deploy")
    stub = tmp_path / "bin" / "scrapyd"
    stub.parent.mkdir()
    stub.write_text("#!/bin/sh\ncat scrapyd.conf\n", encoding="utf-8")
    stub.chmod(0o755)
    script = text.replace("/opt/resumption", str(opt)).replace("/var/lib/resumption", str(var))
    env = {"PATH": f"{stub.parent}:{os.environ['PATH']}"}
    given = {"SCRAPYD_USERNAME": "resumption", "SCRAPYD_PASSWORD": "Letters42", "SCRAPYD_BIND": "0.0.0.0"}

    def start(more):
        return subprocess.run(["sh", "-c", script], env=env | more, capture_output=True, text=True, check=False)

    done = start(given)
    assert done.returncode == 0, done.stderr
    conf = ConfigParser()
    conf.read_string(done.stdout)
    found = conf["scrapyd"]
    assert (found["username"], found["password"], found["bind_address"]) == ("resumption", "Letters42", "0.0.0.0")
    assert (var / "scrapyd" / "scrapyd.conf").stat().st_mode & 0o077 == 0
    assert start({k: v for k, v in given.items() if k != "SCRAPYD_PASSWORD"}).returncode != 0, "never without password"


def test_units_and_timers_pass_systemd_analyze(tmp_path):
    """systemd's own check of every unit and of every timer that `scrapy schedule` writes, in a root of their own."""
    analyze = shutil.which("systemd-analyze")
    system = Path("/usr/lib/systemd/system")
    if not analyze or not (system / "timers.target").is_file():
        pytest.skip("NO systemd-analyze: the units were not verified")
    units = tmp_path / "etc/systemd/system"
    shutil.copytree(DEPLOY / "systemd", units)
    slots = [slot for name in portal_names() for slot in find_slots(load_portal(name))]
    for name, text in timer_units(slots).items():
        (units / name).write_text(text, encoding="utf-8")
    shutil.copytree(system, tmp_path / "usr/lib/systemd/system", symlinks=True)
    programs = tmp_path / "opt/resumption/.venv/bin"
    programs.mkdir(parents=True)
    for name in ("scrapy", "scrapyd"):
        (programs / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (programs / name).chmod(0o755)

    def verify():
        return subprocess.run(
            [analyze, "verify", f"--root={tmp_path}", *sorted(path.name for path in units.iterdir())],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    done = verify()
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    (programs / "scrapyd").unlink()
    assert verify().returncode != 0, "the check can fail"
