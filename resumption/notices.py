"""Tell somebody when a channel changes its state: a webhook, a mail, or both. Addresses come from the environment only.

    RESUMPTION_WEBHOOK          https://...   gets a JSON body
    RESUMPTION_WEBHOOK_STYLE    slack (default: {"text": ...}) or wecom (企业微信, 钉钉: {"msgtype": "text", ...})
    RESUMPTION_MAIL_TO, RESUMPTION_MAIL_FROM
    RESUMPTION_SMTP             host:port, or smtps://host:port where TLS begins at once (465)
    RESUMPTION_SMTP_USER, RESUMPTION_SMTP_PASSWORD      if the mail server wants them; they are sent over TLS only

What was told is kept in a file after it was delivered; a notice that could not be delivered is sent the next time.
"""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from resumption.monitor import ChannelHealth, State

TIMEOUT = 15.0


class NoticeError(OSError):
    """A notice that was not delivered; the message names no address, which may hold a key."""


@dataclass(frozen=True, slots=True)
class Change:
    """A channel whose state is another one than when somebody was last told."""

    before: str
    now: ChannelHealth

    def __str__(self) -> str:
        what = f"{self.now.title} ({self.now.portal}/{self.now.channel}): {self.before} -> {self.now.state}"
        return what + (f": {'; '.join(self.now.reasons)}" if self.now.reasons else "")


def read_told(path: Path) -> dict[str, str]:
    """States that were told, by `portal/channel`; {} if nobody was told anything or the file cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in told.items()} if isinstance(told, dict) else {}


def write_told(path: Path, told: Mapping[str, str]) -> None:
    """Keep what was told; the file is replaced as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    temporary.replace(path)


def find_changes(channels: Sequence[ChannelHealth], told: Mapping[str, str]) -> list[Change]:
    """Channels to tell about. One of which nothing was told yet counts as ok before; `unknown` is no news."""
    changes = []
    for channel in channels:
        before = told.get(f"{channel.portal}/{channel.channel}", State.OK.value)
        if channel.state != before and channel.state is not State.UNKNOWN:
            changes.append(Change(before, channel))
    return changes


def told_after(told: Mapping[str, str], changes: Sequence[Change]) -> dict[str, str]:
    """What somebody knows after these changes were told."""
    return dict(told) | {f"{c.now.portal}/{c.now.channel}": c.now.state.value for c in changes}


def send(changes: Sequence[Change], environment: Mapping[str, str]) -> int:
    """Send one notice by every way that the environment names; returns how many. Raises NoticeError."""
    lines = [str(change) for change in changes]
    ways = 0
    if url := environment.get("RESUMPTION_WEBHOOK"):
        _post(url, webhook_body(lines, environment.get("RESUMPTION_WEBHOOK_STYLE", "slack")))
        ways += 1
    if environment.get("RESUMPTION_MAIL_TO"):
        _mail(lines, environment)
        ways += 1
    return ways


def webhook_body(lines: Sequence[str], style: str) -> bytes:
    """JSON body of a webhook.

    >>> webhook_body(["齐鲁网威海 (qilu/weihai): ok -> empty"], "slack").decode()
    '{"text": "resumption\\\\n齐鲁网威海 (qilu/weihai): ok -> empty"}'
    """
    text = "\n".join(["resumption", *lines])
    body = {"msgtype": "text", "text": {"content": text}} if style == "wecom" else {"text": text}
    return json.dumps(body, ensure_ascii=False).encode()


def _post(url: str, body: bytes) -> None:
    if not url.lower().startswith(("http://", "https://")):
        raise NoticeError("RESUMPTION_WEBHOOK must begin with https:// or http://")
    try:
        request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        error.close()
        raise NoticeError(f"the webhook answered {error.code}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NoticeError(f"the webhook cannot be reached: {type(error).__name__}") from None


def _mail(lines: Sequence[str], environment: Mapping[str, str]) -> None:
    message = EmailMessage()
    message["To"] = environment["RESUMPTION_MAIL_TO"]
    message["From"] = environment.get("RESUMPTION_MAIL_FROM") or environment["RESUMPTION_MAIL_TO"]
    message["Subject"] = lines[0] if len(lines) == 1 else f"resumption: {len(lines)} channels changed"
    message.set_content("\n".join(lines) + "\n")
    user = environment.get("RESUMPTION_SMTP_USER")
    try:
        with _mail_server(environment.get("RESUMPTION_SMTP") or "localhost:25") as smtp:
            if user:
                if not isinstance(smtp, smtplib.SMTP_SSL):
                    smtp.starttls(context=ssl.create_default_context())
                smtp.login(user, environment.get("RESUMPTION_SMTP_PASSWORD", ""))
            smtp.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise NoticeError(f"the mail was not taken: {type(error).__name__}") from None


def _mail_server(address: str) -> smtplib.SMTP:
    host, _, port = address.removeprefix("smtps://").partition(":")
    if address.startswith("smtps://"):
        return smtplib.SMTP_SSL(host, int(port or 465), timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT)
