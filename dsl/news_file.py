"""The admin's dated list of releases, which makes `news.*` known to rules, from a YAML file.

    valid_through: 2026-12-31
    tz: America/New_York
    source: the statistics office's calendar, read 2026-11-20
    news:
      - {at: 2026-12-04 08:30, title: Employment report}

After `valid_through` nobody knows what comes: `news.*` is unknown, and rules do as their `if_unknown:` says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dsl.problems import Problem, Source
from dsl.suggest import did_you_mean
from dsl.wall_time import UnknownZone, place, place_on, zone_named
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml
from engine.settings import News, Settings
from engine.units import DAY, Instant

FILE_KEYS = ("valid_through", "tz", "source", "news")
ROW_KEYS = ("at", "title")
AT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
EXAMPLE = "`- {at: 2026-12-04 08:30, title: Employment report}`"
WARN_AHEAD = 7 * DAY
"""How long before its end the list asks to be renewed: releases are announced months ahead."""


@dataclass(frozen=True, slots=True)
class NewsList:
    """What a file says: the releases in order of time, and the first instant of which it knows nothing."""

    items: tuple[News, ...]
    ends: Instant


def with_news(settings: Settings, known: NewsList | None) -> Settings:
    """Return settings in which `news.*` is what a file says; without one it stays unknown."""
    return settings if known is None else replace(settings, news=known.items, news_end=known.ends)


def news_warning(settings: Settings, now: Instant) -> str | None:
    """Return what to tell the admin when the list has ended or will within a week; None also where there is none."""
    if settings.news is None or settings.news_end is None or now < settings.news_end - WARN_AHEAD:
        return None
    state = "has ended: what comes is unknown to rules" if now >= settings.news_end else "ends within a week"
    return f"the list of news {state}; add what comes to news.yaml and move its `valid_through`"


def read_news(source: Source, problems: list[Problem]) -> NewsList | None:
    """Return the list, None when it cannot be used; everything wrong with it is appended to `problems`."""
    before = len(problems)
    root = read_yaml(source, problems)
    if root is None:
        return None
    if not isinstance(root, MapNode):
        problems.append(_wrong(root, "a list of news has `valid_through:`, `tz:`, `source:` and `news:`"))
        return None
    _check_keys(root, FILE_KEYS, problems)
    if len(problems) > before:  # a misspelt key is told once, not also as missing
        return None
    _text(root, "source", "`source: the exchange's calendar, read 2026-11-20`", problems)
    zone = _zone(_text(root, "tz", "`tz: America/New_York`", problems), problems)
    last = _date(_text(root, "valid_through", "`valid_through: 2026-12-31`", problems), problems)
    rows = root.get("news")
    if rows is None or not isinstance(rows.value, ListNode):
        problems.append(_wrong(rows.value if rows else root, "the rows are missing: a list under `news:`"))
        return None
    if zone is None or last is None:
        return None
    ends = place_on(last + timedelta(days=1), 0, zone)
    read = [_row(node, zone, ends, problems) for node in rows.value.items]
    if len(problems) > before:
        return None
    items = sorted((row for row in read if row is not None), key=lambda item: item.at)
    return NewsList(tuple(items), ends)


def _row(node: YamlNode, zone: ZoneInfo, ends: Instant, problems: list[Problem]) -> News | None:
    if not isinstance(node, MapNode):
        problems.append(_wrong(node, "a release is a row of settings", EXAMPLE))
        return None
    before = len(problems)
    _check_keys(node, ROW_KEYS, problems)
    if len(problems) > before:
        return None
    at, title = (_text(node, key, EXAMPLE, problems) for key in ROW_KEYS)
    if at is None or title is None:
        return None
    try:
        shown = datetime.strptime(at.text, "%Y-%m-%d %H:%M") if AT.fullmatch(at.text) else None  # noqa: DTZ007
    except ValueError:
        shown = None
    if shown is None:
        problems.append(_wrong(at, f"`{at.text}` is not when a release comes", "write `2026-12-04 08:30`"))
        return None
    moment = place(shown, zone)
    if moment >= ends:
        problems.append(
            _wrong(at, "this release is after `valid_through`", "move `valid_through` to its day")
        )
    return News(moment, title.text)


def _zone(name: Scalar | None, problems: list[Problem]) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return zone_named(name.text)
    except UnknownZone as failure:
        problems.append(_wrong(name, str(failure), "write for example `America/New_York`"))
        return None


def _date(day: Scalar | None, problems: list[Problem]) -> date | None:
    if day is None:
        return None
    try:
        return date.fromisoformat(day.text)
    except ValueError:
        problems.append(_wrong(day, f"the calendar has no `{day.text}`", "write it as `2026-12-31`"))
        return None


def _text(node: MapNode, key: str, example: str, problems: list[Problem]) -> Scalar | None:
    entry: Entry | None = node.get(key)
    if entry is not None and isinstance(entry.value, Scalar) and not entry.value.is_empty:
        return entry.value
    problems.append(_wrong(entry.value if entry else node, f"`{key}:` is missing", f"add {example}"))
    return None


def _check_keys(node: MapNode, known: Iterable[str], problems: list[Problem]) -> None:
    words = tuple(known)
    for entry in node:
        if entry.key not in words:
            advice = did_you_mean(entry.key, words) or f"there is {', '.join(words)}"
            message = f"there is no setting called `{entry.key}` here"
            problems.append(Problem("E002", message, entry.key_span, help=advice))


def _wrong(node: YamlNode, message: str, help: str = "") -> Problem:  # noqa: A002 - the word of diagnostics
    return Problem("E505", message, node.span, help=help)
