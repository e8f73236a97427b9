"""The few calls of scrapyd's API that schedules need. Address and password come from the environment."""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

PROJECT = "resumption"
TIMEOUT = 30.0


class DaemonError(OSError):
    """scrapyd cannot be used; the message says why and holds no password."""


class Daemon:
    """scrapyd at `SCRAPYD_URL` (default http://127.0.0.1:6800), `SCRAPYD_USERNAME`, `SCRAPYD_PASSWORD`."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.url = (environment.get("SCRAPYD_URL") or "http://127.0.0.1:6800").rstrip("/")
        if not self.url.lower().startswith(("http://", "https://")):
            raise DaemonError("SCRAPYD_URL must begin with http:// or https://")
        pair = f"{environment.get('SCRAPYD_USERNAME', '')}:{environment.get('SCRAPYD_PASSWORD', '')}"
        self._headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"} if pair != ":" else {}
        # scrapyd is on this machine or behind a proxy of ours: a proxy for crawls has nothing to do with it.
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open

    def jobs(self) -> tuple[list[str], list[str]]:
        """Ids of all jobs that scrapyd knows, and of those that wait or run. Raises DaemonError."""
        answer = self._call(f"listjobs.json?project={PROJECT}")
        ids = {state: [str(job["id"]) for job in answer.get(state, ())] for state in ("pending", "running", "finished")}
        at_work = ids["pending"] + ids["running"]
        return at_work + ids["finished"], at_work

    def schedule(self, spider: str, job: str, arguments: Mapping[str, str], settings: Sequence[str] = ()) -> None:
        """Start a job. Raises DaemonError."""
        pairs = [("project", PROJECT), ("spider", spider), ("jobid", job), *arguments.items()]
        self._call("schedule.json", urlencode([*pairs, *(("setting", each) for each in settings)]).encode())

    def _call(self, name: str, body: bytes | None = None) -> dict[str, Any]:
        try:
            request = urllib.request.Request(f"{self.url}/{name}", body, self._headers)  # noqa: S310
            with self._open(request, timeout=TIMEOUT) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                reason = _message(error.read(2000))
            if error.code == 401:
                reason = "set SCRAPYD_USERNAME and SCRAPYD_PASSWORD"
            raise DaemonError(f"scrapyd refused ({error.code}): {reason}") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", None) or type(error).__name__)
            raise DaemonError(f"scrapyd cannot be reached at SCRAPYD_URL: {reason}") from None
        if not isinstance(answer, dict) or answer.get("status") != "ok":
            raise DaemonError(f"scrapyd refused: {str(answer)[:200]}")
        return answer


def _message(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"]).splitlines()[-1][:200]
    except (ValueError, KeyError, TypeError, IndexError):
        return "no reason given"
