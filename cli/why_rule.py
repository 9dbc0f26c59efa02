"""Why a rule did not act: its value, limit and what is left, the age of its inputs, and what would make it act."""

from collections.abc import Mapping
from typing import Any

from cli.plain import plain

Line = tuple[str, str]


def rows_of(
    document: Mapping[str, Any], name: str, account: str | None
) -> list[tuple[str, Mapping[str, Any]]]:
    """Return a rule's rows in the published status, each with its account's name."""
    return [
        (str(one.get("name", "")), row)
        for one in document.get("accounts", [])
        if account in (None, one.get("name"), str(one.get("id", "")))
        for row in one.get("rules", [])
        if row.get("name") == name
    ]


def rule_names(document: Mapping[str, Any]) -> list[str]:
    """Return the names of all rules in the status."""
    return sorted({str(row["name"]) for one in document.get("accounts", []) for row in one.get("rules", [])})


def rule_lines(account: str, row: Mapping[str, Any]) -> list[Line]:
    """Return what is said of one rule for one account and subject."""
    subject = f", {plain(row['subject'], 40)}" if row.get("subject") else ""
    lines = [
        (
            "rule",
            f"{plain(row['name'])}: {plain(row.get('title', ''))} (account {plain(account, 40)}{subject})",
        )
    ]
    lines.append(("now", STATES.get(str(row.get("color")), "not known")))
    if row.get("mode") != "enforce":
        lines.append(("", f"its mode is {plain(row.get('mode', ''))}: whatever it finds, it does not act"))
    if row.get("is_locked"):
        lines.append(("", f"locked: {plain(row.get('message', ''))}"))
    lines += _measured(row)
    texts = [plain(text, 300) for text in row.get("acts_when", [])]
    lines += [("acts when" if not number else "or when", text) for number, text in enumerate(texts)]
    if row.get("pending_until"):
        lines.append(
            (
                "waits",
                f"its condition holds already; it acts at {plain(row['pending_until'], 40)} if that stays so",
            )
        )
    lines += [
        ("inputs" if not number else "", _input(one)) for number, one in enumerate(row.get("inputs", []))
    ]
    return lines


STATES = {
    "green": "within its limit",
    "yellow": "within its limit, but near it",
    "red": "breached: it has acted",
    "active": "its hours are on",
    "unknown": "NOT KNOWN: an input is missing, see below",
}


def _measured(row: Mapping[str, Any]) -> list[Line]:
    if not row.get("unit"):
        label = plain(row.get("label", ""))
        return [("value", label)] if label else []
    value, limit = row.get("value"), row.get("limit")
    label = plain(row.get("label", ""))
    lines = [("value", f"{_amount(value, row)} {label}".strip()), ("limit", _amount(limit, row))]
    if row.get("distance"):
        distance = plain(row["distance"])
        is_beyond = distance.startswith("-")
        lines.append(
            ("left", f"{distance.removeprefix('-')} {'beyond the limit' if is_beyond else 'to the limit'}")
        )
    return lines


def _amount(value: object, row: Mapping[str, Any]) -> str:
    if value is None:
        return "not known"
    match row.get("unit"):
        case "money":
            return f"${value}"
        case "duration":
            return f"{value} s"
        case "percent":
            return f"{value} (of 1)"
        case _:
            return plain(value)


def _input(one: Mapping[str, Any]) -> str:
    age = "never heard" if one.get("age_s") is None else f"confirmed {plain(one['age_s'])} s ago"
    return f"{plain(one.get('name', ''))}: {age}, {'changes come live' if one.get('is_live') else 'NOT live'}"
