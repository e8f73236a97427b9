"""Schedules: every channel in one slot, slots spread over the interval, one job per time, cron and systemd agree."""

import re
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resumption.portals import Schedule, load_portal, portal_names
from resumption.schedule import ScheduleError, Slot, cron_lines, find_slots, refusal, timer_units
from tests.crawling import ROOT, environment

DAY = datetime(2020, 2, 22)
MINUTES = [DAY + timedelta(minutes=m) for m in range(24 * 60)]
EVERY = [1, 5, 10, 12, 15, 20, 30, 60, 120, 180, 360, 720, 1440]


def portal(every=60, offset=5, group=4, name="qilu"):
    return replace(load_portal(name), schedule=Schedule(every_minutes=every, offset_minutes=offset, group=group))


def fires(fields, moment):
    """Whether a cron line with these fields fires in a minute."""
    minute, hour = (None if f == "*" else {int(v) for v in f.split(",")} for f in fields)
    return (minute is None or moment.minute in minute) and (hour is None or moment.hour in hour)


@given(st.sampled_from(EVERY), st.integers(0, 2000), st.integers(1, 40), st.sampled_from(portal_names()))
def test_every_channel_is_in_one_slot(every, offset, group, name):
    crawled = portal(every, offset, group, name)
    slots = find_slots(crawled)
    channels = [channel for slot in slots for channel in slot.channels]
    assert sorted(channels) == sorted(c.name for c in crawled.channels if not c.retired)
    assert all(0 < len(slot.channels) <= group for slot in slots)
    assert len({slot.name for slot in slots}) == len(slots)
    assert all(0 <= slot.offset < every for slot in slots)


@pytest.mark.parametrize("every", EVERY)
def test_cron_fires_as_often_as_the_seed_says(every):
    for slot in find_slots(portal(every, offset=7)):
        times = [moment for moment in MINUTES if fires(slot.cron_times(), moment)]
        assert len(times) == 24 * 60 // every
        assert {b - a for a, b in pairwise(times)} <= {timedelta(minutes=every)}


@pytest.mark.parametrize("every", EVERY)
def test_one_job_id_per_firing(every):
    slot = find_slots(portal(every, offset=7))[-1]
    for moment in MINUTES[::37] + MINUTES[-1:]:
        started = [m for m in MINUTES if m <= moment and fires(slot.cron_times(), m)]
        expected = started[-1] if started else None
        stamp = slot.job_id(moment + timedelta(seconds=59)).removeprefix(f"{slot.name}-")
        assert expected is None or stamp == f"{expected:%Y%m%dT%H%M}"
        assert datetime.strptime(stamp, "%Y%m%dT%H%M") <= moment


def test_due_in_the_minutes_after_each_time():
    slot = Slot("qilu", 1, ("weihai",), 30, 5)
    due = [m.minute for m in MINUTES[:60] if slot.is_due(m + timedelta(seconds=30))]
    assert due == [5, 6, 7, 35, 36, 37]


def test_slots_of_a_portal_are_spread_over_its_interval():
    for name in portal_names():
        slots = find_slots(load_portal(name))
        offsets = sorted(slot.offset for slot in slots)
        every = slots[0].every
        gaps = [(b - a) % every for a, b in zip(offsets, offsets[1:] + offsets[:1], strict=True)]
        assert min(gaps) >= every // len(slots) - 1


@pytest.mark.parametrize("every", [0, -60, 7, 45, 50, 61, 90, 100, 300, 1000, 2880])
def test_what_cron_cannot_express_is_refused(every):
    with pytest.raises(ScheduleError, match=f"qilu: every_minutes={every}"):
        find_slots(portal(every))


def test_a_group_of_nobody_is_refused():
    with pytest.raises(ScheduleError, match="group=0"):
        find_slots(portal(group=0))


def test_cron_lines_survive_a_shell_and_cron():
    slot = Slot("qilu", 1, ("weihai",), 60, 5)
    (line,) = cron_lines([slot], folder="/srv/my apps/100%", scrapy="/srv/b'in/scrapy", environment="/etc/e n v")
    assert line.startswith("5 * * * * ")
    command = line.removeprefix("5 * * * * ")
    assert not re.search(r"(?<!\\)%", command)
    read, cd, call = (
        shlex.split(part.replace(r"\%", "%")) for part in command.removeprefix("set -a && ").split(" && ")
    )
    assert read == [".", "/etc/e n v"]
    assert cd == ["cd", "/srv/my apps/100%"]
    assert call == ["/srv/b'in/scrapy", "schedule", "--start", "qilu-1"]


def test_systemd_timers_say_the_same_times():
    slots = [Slot("qilu", 1, ("weihai",), 30, 5), Slot("qilu", 2, ("zibo",), 720, 65)]
    units = timer_units(slots)
    assert list(units) == ["resumption-slot-qilu-1.timer", "resumption-slot-qilu-2.timer"]
    assert "OnCalendar=*-*-* *:05,35:00\n" in units["resumption-slot-qilu-1.timer"]
    assert "OnCalendar=*-*-* 1,13:05:00\n" in units["resumption-slot-qilu-2.timer"]
    assert "Unit=resumption-slot@qilu-2.service\n" in units["resumption-slot-qilu-2.timer"]
    assert (ROOT / "deploy" / "systemd" / "resumption-slot@.service").is_file()


@pytest.mark.parametrize(
    ("known", "at_work", "said"),
    [
        ([], [], ""),
        (["qilu-1-20200222T1605"], [], ""),
        (["qilu-1-20200222T1705"], [], "has been started already"),
        (["qilu-1-20200222T1605"], ["qilu-1-20200222T1605"], "still at work"),
        (["qilu-11-20200222T1605"], ["qilu-11-20200222T1605"], ""),
        (["netease-1-20200222T1705"], ["netease-1-20200222T1705"], ""),
    ],
)
def test_a_job_is_started_unless_it_is_there(known, at_work, said):
    slot = Slot("qilu", 1, ("weihai",), 60, 5)
    found = refusal(slot, slot.job_id(DAY.replace(hour=17, minute=9)), known, at_work)
    assert said in found
    assert bool(said) == bool(found)


def schedule(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "schedule", *arguments],
        cwd=ROOT,
        env=environment(ROOT),
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_writes_cron_lines_and_timers(tmp_path):
    lines = schedule("qilu").stdout.splitlines()
    assert len(lines) == len(find_slots(load_portal("qilu")))
    assert all(re.fullmatch(r"[\d,]+ \S+ \* \* \* cd .* schedule --start qilu-\d+", line) for line in lines)
    (tmp_path / "resumption-slot-qilu-99.timer").write_text("of an earlier seed")
    done = schedule("--systemd", str(tmp_path))
    assert done.returncode == 0
    written = {path.name for path in tmp_path.iterdir()}
    assert written == set(timer_units(s for name in portal_names() for s in find_slots(load_portal(name))))


@pytest.mark.parametrize(
    ("arguments", "said"), [(["nowhere"], "no portal 'nowhere'"), (["--start", "x"], "no slot 'x'")]
)
def test_command_names_what_it_does_not_know(arguments, said):
    done = schedule(*arguments)
    assert done.returncode != 0
    assert said in done.stderr + done.stdout
