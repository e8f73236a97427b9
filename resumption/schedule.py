"""When which channels are crawled: `[schedule]` of the seeds as slots, cron lines and systemd timers. Pure functions.

A slot is a group of channels of one portal that one job crawls. The groups of a portal are spread evenly over its
interval, so that their jobs do not meet at the portal's lock.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from resumption.portals import Portal

DAY = 24 * 60
DUE = timedelta(minutes=3)


class ScheduleError(ValueError):
    """A schedule that no cron line can express."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A group of channels and its times: `offset`, `offset + every` ... minutes after midnight, local time."""

    portal: str
    group: int
    """From 1 on."""
    channels: tuple[str, ...]
    every: int
    offset: int

    @property
    def name(self) -> str:
        """`qilu-1`."""
        return f"{self.portal}-{self.group}"

    def job_id(self, now: datetime) -> str:
        """Name of the job of the slot's time that is now or was last: two calls for one time give one job.

        >>> slot = Slot("qilu", 1, ("weihai",), 60, 5)
        >>> slot.job_id(datetime(2020, 2, 22, 17, 7)), slot.job_id(datetime(2020, 2, 22, 17, 4))
        ('qilu-1-20200222T1705', 'qilu-1-20200222T1605')
        """
        return f"{self.name}-{self.last_time(now):%Y%m%dT%H%M}"

    def last_time(self, now: datetime) -> datetime:
        """The slot's time that is now or was last."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = (now - midnight) // timedelta(minutes=1)
        return midnight + timedelta(minutes=passed - (passed - self.offset) % self.every)

    def is_due(self, now: datetime) -> bool:
        """True in the minutes after a time of the slot, for whoever asks every minute in the place of cron."""
        return now - self.last_time(now) < DUE

    def cron_times(self) -> tuple[str, str]:
        """Minute and hour fields of a cron line.

        >>> Slot("qilu", 2, ("weihai",), 30, 20).cron_times(), Slot("qilu", 1, ("weihai",), 360, 65).cron_times()
        (('20,50', '*'), ('5', '1,7,13,19'))
        """
        if self.every <= 60:
            return ",".join(str(m) for m in range(self.offset, 60, self.every)), "*"
        return str(self.offset % 60), ",".join(str(h) for h in range(self.offset // 60, 24, self.every // 60))


def find_slots(portal: Portal) -> tuple[Slot, ...]:
    """Slots of a portal; each channel that is not retired is in one of them. Raises ScheduleError."""
    schedule = portal.schedule
    every = schedule.every_minutes
    if every <= 0 or (60 % every if every <= 60 else every % 60 or DAY % every):
        raise ScheduleError(f"{portal.name}: every_minutes={every} must divide an hour, or be hours that divide a day")
    if schedule.group < 1:
        raise ScheduleError(f"{portal.name}: group={schedule.group} must be 1 or more")
    names = [channel.name for channel in portal.channels if not channel.retired]
    count = -(-len(names) // schedule.group)
    return tuple(
        Slot(
            portal=portal.name,
            group=i + 1,
            # Neighbours in the seed go to different groups: a region's channels are not all late at once.
            channels=tuple(names[i::count]),
            every=every,
            offset=(schedule.offset_minutes + i * every // count) % every,
        )
        for i in range(count)
    )


def cron_lines(slots: Iterable[Slot], *, folder: str, scrapy: str, environment: str = "") -> list[str]:
    """Lines for `crontab`: go to the project's folder, read the environment file, start the slot.

    >>> cron_lines([Slot("qilu", 1, ("weihai",), 60, 5)], folder="/opt/app", scrapy="/opt/app/.venv/bin/scrapy")
    ['5 * * * * cd /opt/app && /opt/app/.venv/bin/scrapy schedule --start qilu-1']
    """
    before = f"set -a && . {_quoted(environment)} && " if environment else ""
    call = f"{before}cd {_quoted(folder)} && {_quoted(scrapy)} schedule --start"
    return [f"{' '.join(slot.cron_times())} * * * {call} {slot.name}" for slot in slots]


def _quoted(text: str) -> str:
    """For a shell inside a cron line, in which a % would end the command."""
    return shlex.quote(text).replace("%", r"\%")


def timer_units(slots: Iterable[Slot]) -> dict[str, str]:
    """systemd timers by file name; each starts `resumption-slot@SLOT.service` (deploy/systemd)."""
    return {f"resumption-slot-{slot.name}.timer": _timer(slot) for slot in slots}


def _timer(slot: Slot) -> str:
    minutes, hours = slot.cron_times()
    times = f"*-*-* {hours}:{_two_digits(minutes)}:00"
    return f"""# Written by `scrapy schedule --systemd` from [schedule] of seeds/{slot.portal}.toml.
# {", ".join(slot.channels)}
[Unit]
Description=resumption: crawl of {slot.name}

[Timer]
OnCalendar={times}
Unit=resumption-slot@{slot.name}.service

[Install]
WantedBy=timers.target
"""


def _two_digits(minutes: str) -> str:
    return ",".join(f"{int(m):02d}" for m in minutes.split(","))


def refusal(slot: Slot, job: str, known: Sequence[str], at_work: Sequence[str]) -> str:
    """Why a job need not be started, "" if it has to be: its time has its job, or the slot's last job is still at work.

    `known` are all job ids that scrapyd has, `at_work` those that wait or run. Neither is an alarm.
    """
    if job in known:
        return f"{job} has been started already"
    for other in at_work:
        if other.startswith(f"{slot.name}-"):
            return f"{other} is still at work; {job} is left out"
    return ""
