"""Every answer's frame: success, errorCode, errorMessage. HTTP 200 alone means nothing."""

from dataclasses import dataclass
from typing import Any

from connectors.failures import Refused, Unreadable
from connectors.topstepx.decode.fields import Row
from connectors.topstepx.wording import plain


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the venue did it, and if not, the endpoint's own error code and words (often none)."""

    success: bool
    code: int
    message: str


def verdict_of(answer: dict[str, Any]) -> Verdict:
    """Return what an answer says about itself. Raises Unreadable when it does not say it plainly."""
    row = Row(answer, "the answer")
    success, code = row.flag("success"), row.whole_or_none("errorCode") or 0
    if success is (code != 0):
        raise Unreadable(f"the answer contradicts itself: success {success}, code {code}")
    return Verdict(success, code, plain(row.text_or_none("errorMessage") or ""))


def rows_of(answer: dict[str, Any], name: str, what: str) -> list[Any]:
    """Return the list a search gave. Raises Refused when the venue said no, Unreadable without a list."""
    verdict = verdict_of(answer)
    if not verdict.success:
        raise Refused(
            f"the venue refused to show {what} (code {verdict.code}) {verdict.message}".strip(), verdict.code
        )
    rows = answer.get(name)
    if not isinstance(rows, list):
        raise Unreadable(f"the answer has no list of {what}")
    return rows
