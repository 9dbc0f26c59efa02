"""The admin's own exceptions to the shipped market calendar, from a YAML file.

    calendar: cme
    exceptions:
      - {date: 2027-03-26, closes: "10:15", group: fx, by: maria, reason: exchange notice of 2027-02-10}
      - {date: 2027-12-31, closes: closed, by: maria, reason: we do not trade that day}

`closes` is a time, `closed` (no session, none on the evening before either) or `regular`; without `group` a row holds
for all products.
"""

from datetime import date

from dsl.market_days import DayException
from dsl.market_days_data import BadCalendar, halt, market_data
from dsl.problems import Problem, Source
from dsl.suggest import did_you_mean
from dsl.yaml_nodes import Entry, ListNode, MapNode, Scalar, YamlNode
from dsl.yaml_read import read_yaml

FILE_KEYS = ("calendar", "exceptions")
ROW_KEYS = ("date", "closes", "group", "by", "reason")
REGULAR = "regular"
EXAMPLE = '`- {date: 2027-03-26, closes: "10:15", by: maria, reason: exchange notice}`'


def read_exceptions(source: Source, problems: list[Problem]) -> tuple[DayException, ...]:
    """Return the rows of the file that can be read; everything wrong with it is appended to `problems`."""
    root = read_yaml(source, problems)
    if root is None:
        return ()
    if not isinstance(root, MapNode):
        problems.append(_wrong(root, "an exceptions file has `calendar:` and `exceptions:`"))
        return ()
    _check_keys(root, FILE_KEYS, problems)
    groups = _groups(root.get("calendar"), root, problems)
    rows = root.get("exceptions")
    if rows is None or not isinstance(rows.value, ListNode):
        problems.append(
            _wrong(rows.value if rows else root, "the rows are missing: a list under `exceptions:`")
        )
        return ()
    read = [_row(node, groups, problems) for node in rows.value.items]
    return tuple(row for row in read if row is not None)


def _groups(entry: Entry | None, root: MapNode, problems: list[Problem]) -> tuple[str, ...]:
    """Return the product groups of the named calendar; none after reporting that there is no such calendar."""
    name = entry.value if entry else None
    if not isinstance(name, Scalar):
        problems.append(_wrong(name or root, "`calendar:` is missing", "add `calendar: cme`"))
        return ()
    try:
        return tuple(group.name for group in market_data(name.text).groups)
    except BadCalendar as failure:
        problems.append(Problem("E505", str(failure), name.span))
        return ()


def _row(node: YamlNode, groups: tuple[str, ...], problems: list[Problem]) -> DayException | None:
    if not isinstance(node, MapNode):
        problems.append(_wrong(node, "an exception is a row of settings", EXAMPLE))
        return None
    before = len(problems)
    _check_keys(node, ROW_KEYS, problems)
    texts = {key: _text(node, key, problems) for key in ("date", "closes", "by", "reason")}
    day, closes = texts["date"], texts["closes"]
    group = node.get("group")
    name = group.value if group else None
    if isinstance(name, Scalar) and groups and name.text not in groups:
        advice = did_you_mean(name.text, groups) or f"there is {', '.join(groups)}"
        problems.append(Problem("E505", f"there is no group called `{name.text}`", name.span, help=advice))
    if day is None or closes is None or len(problems) > before:
        return None
    return _built(day, closes, name.text if isinstance(name, Scalar) else "", problems)


def _built(day: Scalar, closes: Scalar, group: str, problems: list[Problem]) -> DayException | None:
    try:
        when = date.fromisoformat(day.text)
    except ValueError:
        problems.append(
            Problem("E505", f"the calendar has no `{day.text}`", day.span, help="write it as `2027-03-26`")
        )
        return None
    try:
        return DayException(when, None if closes.text == REGULAR else halt(closes.text), group)
    except ValueError:
        help_ = 'write `closed`, `regular` or a time such as `"12:00"`'
        problems.append(Problem("E505", f"`{closes.text}` is not when a day closes", closes.span, help=help_))
        return None


def _text(node: MapNode, key: str, problems: list[Problem]) -> Scalar | None:
    entry = node.get(key)
    if entry is not None and isinstance(entry.value, Scalar) and not entry.value.is_empty:
        return entry.value
    problems.append(_wrong(entry.value if entry else node, f"`{key}:` is missing", EXAMPLE))
    return None


def _check_keys(node: MapNode, known: tuple[str, ...], problems: list[Problem]) -> None:
    for entry in node:
        if entry.key not in known:
            advice = did_you_mean(entry.key, known) or f"there is {', '.join(known)}"
            message = f"there is no setting called `{entry.key}` here"
            problems.append(Problem("E002", message, entry.key_span, help=advice))


def _wrong(node: YamlNode, message: str, help: str = "") -> Problem:  # noqa: A002 - the word of diagnostics
    return Problem("E505", message, node.span, help=help)
