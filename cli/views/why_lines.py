"""A past act told step by step: fill, facts, rule, action, proof."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from cli.act_log import ActLine
from cli.plain import plain
from cli.views.amounts import seconds
from cli.why_act import Story, begun_at

Line = tuple[str, str]
"""A step's name, empty where the one before goes on, and its words."""


def why_lines(story: Story, zone: tzinfo) -> list[Line]:
    """Return the whole story, one line a step."""
    act, cause = story.act, story.cause
    at = begun_at(cause or act).astimezone(zone)
    lines = [
        (
            "when",
            f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d} {at:%Z}, account {plain(act.account, 40)}",
        )
    ]
    if cause is not None:
        lines += _cause(cause)
    if story.first_breach is not None:
        first = story.first_breach.at.astimezone(zone)
        lines.append(("before", f"at {first:%H:%M:%S %Z}: {_said(story.first_breach)}"))
        lines += [("", text) for text in _numbers(story.first_breach)]
    if cause is None and act.kind != "enforcement":
        lines.append((plain(act.kind, 16), _said(act)))
    if story.enforcement is not None:
        lines += _enforcement(story.enforcement, zone)
    lines += [
        ("lock", f"{plain(one.values.get('lock', ''), 12)} until {plain(one.end, 120)}")
        for one in story.locks
    ]
    return lines


def _cause(cause: ActLine) -> Iterator[Line]:
    values = cause.values
    if cause.reason:
        yield "heard", plain(cause.reason)
    for number, fact in enumerate(_texts(values, "shown")):
        yield ("facts" if not number else ""), fact
    title = plain(values.get("title", ""), 120)
    mode = (
        "" if values.get("mode") == "enforce" else f" (mode {plain(values.get('mode', ''), 12)}: only told)"
    )
    tier = f", tier {plain(values['tier'], 40)}" if values.get("tier") else ""
    if cause.rules:  # that the guard takes its own stop back follows from no rule
        yield "rule", f"{' + '.join(cause.rules)}{tier}{f': {title}' if title else ''}{mode}"
    for text in _numbers(cause):
        yield "", text
    yield "", _said(cause)
    wants = "; ".join(_texts(values, "wants"))
    if wants:
        yield "action", wants
    elif cause.kind == "reentry":
        yield "action", "closed: trading was locked"


def _numbers(act: ActLine) -> list[str]:
    value, limit = act.values.get("value"), act.values.get("limit")
    return [f"{plain(value)} against a limit of {plain(limit)}"] if value and limit else []


def _enforcement(act: ActLine, zone: tzinfo) -> Iterator[Line]:
    values, at = act.values, begun_at(act).astimezone(zone)
    yield "done", f"{plain(values.get('id', ''), 12)}: {plain(act.text)}"
    sent, acked, flat = values.get("sent_ms"), values.get("acked_ms"), values.get("flat_ms")
    steps = [f"detected {at:%H:%M:%S}.{at.microsecond // 1000:03d}"]
    steps += [f"asked {seconds(sent)} later"] if sent is not None else []
    steps += [f"accepted after {seconds(acked)}"] if acked is not None else []
    yield "times", ", ".join(steps)
    if flat is not None:
        yield "proof", f"the venue's own view showed it {seconds(flat)} after the breach"
    else:
        yield (
            "proof",
            "NOT PROVEN YET: look at the platform" if act.progress == "escalated" else "not proven yet",
        )
    for row in values.get("beyond") or []:
        if isinstance(row, dict):
            yield (
                "beyond",
                f"{plain(row.get('rule', ''))} stood at {plain(row.get('value', ''))} then, {plain(row.get('beyond', ''))} beyond its limit of {plain(row.get('limit', ''))}",
            )


def _said(act: ActLine) -> str:
    return plain(act.text) or plain(act.reason) or act.kind


def _texts(values: Any, name: str) -> list[str]:
    found = values.get(name)
    return [plain(one, 300) for one in found] if isinstance(found, list) else []
