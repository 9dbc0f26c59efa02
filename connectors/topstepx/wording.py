"""Text from outside made fit to show and to log: no secret, no control characters, no novel."""

import logging
import re

LOG = logging.getLogger("risk.connector")

_SECRETS = re.compile(
    r"(access_token=)[^&\s\"']+"
    r"|(Bearer\s+)[^\s\"']+"
    r"|(\"(?:apiKey|token|newToken)\"\s*:\s*\")[^\"]*"
    r"|()eyJ[\w-]{5,}(?:\.[\w-]*){0,2}"
)


def redact(text: str) -> str:
    """Return the text with tokens and keys replaced by `***`."""
    return _SECRETS.sub(lambda match: next((g for g in match.groups() if g), "") + "***", text)


def plain(text: object, most: int = 200) -> str:
    """Return a text from outside as one short line: redacted, printable characters only."""
    line = "".join(c if c.isprintable() else " " for c in redact(str(text)[: 4 * most]))
    line = " ".join(line.split())
    return line if len(line) <= most else line[: most - 1] + "…"


class Redacting(logging.Filter):
    """Take tokens and keys out of every record, whatever its level."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        return True


class Forwarding(logging.Handler):
    """Hand a library's records over to our own logger as details: what matters we say ourselves."""

    def emit(self, record: logging.LogRecord) -> None:
        LOG.debug("%s: %s", record.name, plain(record.getMessage()))
