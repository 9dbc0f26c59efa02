"""One change of each key of the language and of an account: stricter, looser, unknown (counts as looser) or neutral."""

import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from dsl.ratchet.bundle import Bundle, Reader
from dsl.ratchet.change import Verdict
from dsl.ratchet.judge import judge
from engine.rule import Mode

FILES: dict[str, str] = runpy.run_path(str(Path(__file__).with_name("rulebook.py")))["FILES"]
STRICTER, LOOSER, UNKNOWN, NEUTRAL = Verdict.STRICTER, Verdict.LOOSER, Verdict.UNKNOWN, Verdict.NEUTRAL

SHARED = ("ruleset", "lists")

BOTH_WAYS = [
    # file, what stands there, what is stricter
    ("day_loss", "limit: $500", "limit: $400"),
    ("day_loss", "warn_at: 80%", "warn_at: 70%"),
    ("day_loss", "hold: 10s", "hold: 5s"),
    ("day_loss", "for: hold\n", "for: 0s\n"),
    ("day_loss", "clear_when: lost < limit * 50%", "clear_when: lost < limit * 25%"),
    ("day_loss", "clear_for: 30s", "clear_for: 1m"),
    ("day_loss", "if_unknown: hold", "if_unknown: no_increase"),
    ("day_loss", "if_unknown: clear", "if_unknown: hold"),
    ("day_loss", "until: reset", "until: manual"),
    ("day_loss", "notify: [trader]", "notify: [trader, admin]"),
    ("day_loss", "when: lost >= limit\n", "when: lost >= limit or account.open_loss >= limit\n"),
    ("day_loss", "  - cancel_orders: account\n", "  - flatten: account\n"),
    ("day_loss", "mode: warn", "mode: enforce"),
    ("day_loss", "mode: shadow", "mode: enforce"),
    ("open_loss", "limit: $300", "limit: $250"),
    ("open_loss", "for: 30m", "for: 45m"),
    ("open_loss", "for: 30m", "until: manual"),
    ("open_loss", "close: position", "flatten: position"),
    ("open_loss", "lock: symbol", "lock: account"),
    ("open_loss", "when: position.open_loss >= limit", "when: position.open_loss >= limit * 90%"),
    ("size", "ES: 2 contracts", "ES: 1 contract"),
    ("size", "other: 1 contract", "other: 0 contracts"),
    ("size", "    MES: 5 contracts\n", ""),
    ("size", "symbols: [CL, NG]", "symbols: [CL]"),
    ("size", "until: 2026-12-24", "until: 2026-12-01"),
    ("pause", "small: $100", "small: $80"),
    ("pause", "short: 5m", "short: 10m"),
    ("pause", "cooldown: 30m", "cooldown: 45m"),
    ("pause", "      - cooldown: 30m\n", "      - cooldown: 30m\n      - notify: admin\n"),
    ("hours", "hours: 08:30..15:00", "hours: 09:00..14:00"),
    ("hours", "hours: 08:30..15:00", "hours: [08:30..11:00, 13:00..15:00]"),
    ("hours", "days: [MON, TUE, WED, THU, FRI]", "days: [MON, TUE]"),
    ("hours", "lead: 2m", "lead: 10m"),
    ("hours", "lead: 2m", "lead: 2m\n    closed_on: [2026-12-24]"),
    ("blocks", "symbol in lists.blocked\n", "symbol in lists.blocked or symbol == CL\n"),
    ("blocks", "  - cancel_orders: symbol\n", "  - cancel_orders: symbol\n  - flatten: symbol\n"),
    ("lists", "blocked: [RTY, BTC]", "blocked: [RTY, BTC, CL]"),
    ("stops", "grace: 30s", "grace: 20s"),
    ("stops", "distance: 20 ticks", "distance: 10 ticks"),
    ("stops", "trail_by: 10 ticks", "trail_by: 5 ticks"),
    ("streak", "pauses: [10m, 30m, 2h]", "pauses: [10m, 45m, 2h]"),
    ("often", "per_hour: 10", "per_hour: 8"),
    ("often", "expires: 2027-06-01", "expires: 2027-12-01"),
    ("often", "expires: 2027-06-01\n", ""),
    ("floor", "allowance: $2,000", "allowance: $1,500"),
    ("ruleset", "mode_ceiling: shadow", "mode_ceiling: enforce"),
]

NOT_PROVED = [
    ("day_loss", "cron: 0 17 * * *", "cron: 0 16 * * *"),
    ("day_loss", "if_unknown: no_increase", "if_unknown: breach"),
    ("day_loss", "scope: account", "scope: symbol"),
    ("day_loss", "lost >= limit\n", "account.open_loss >= limit\n"),
    # At least as large, but unknown while there is no quote, when the other is known.
    ("day_loss", "when: lost >= limit\n", "when: max(lost, account.open_loss) >= limit\n"),
    ("size", "by: newest_first", "by: largest_first"),
    ("streak", "in_a_row: 3", "in_a_row: 2"),
    ("often", "last 1h) >=", "last 2h) >="),
    ("ruleset", "tz: America/Chicago", "tz: America/New_York"),
    ("ruleset", "trading_day: 17:00", "trading_day: 18:00"),
    ("ruleset", "flat_by: 15:10", "flat_by: 15:00"),
    ("ruleset", "basis: net", "basis: gross"),
    ("ruleset", "fresh_for: 3s", "fresh_for: 5s"),
    ("ruleset", "hours: 08:30..15:00", "hours: 08:00..15:00"),
]

NEUTRALS = [
    ("day_loss", "title: Daily loss", "title: The day"),
    ("day_loss", "why: A day is over at some point.", "why: Enough."),
    ("day_loss", "severity: high", "severity: critical"),
    ("day_loss", "message: You lost {lost}.", "message: You lost {lost} today."),
    ("day_loss", "limit * 50%", "limit / 2"),
    ("shadowed", "limit: 5 contracts", "limit: 50 contracts"),
    ("lists", "minis: {MES: 0.1, other: 1}", "minis: {MES: 0.2, other: 1}"),
]


def bundle_with(file: str, text: str) -> Bundle:
    """Return the rulebook with another text for one file; of a rule only what it can be touched by."""
    if file in SHARED:
        return Bundle({**FILES, f"{file}.yaml": text})
    return Bundle({**{f"{name}.yaml": FILES[f"{name}.yaml"] for name in SHARED}, f"{file}.yaml": text})


def pair(file: str, old: str, new: str) -> tuple[Bundle, Bundle]:
    """Return the rulebook with one text and with another. A text that is not in it replaces its whole line."""
    text = FILES[f"{file}.yaml"]
    if old in text:
        return bundle_with(file, text), bundle_with(file, text.replace(old, new, 1))
    if new in text:
        return bundle_with(file, text.replace(new, old, 1)), bundle_with(file, text)
    key = old.partition(":")[0]
    line = next(each for each in text.splitlines() if each.strip().startswith(f"{key}:"))
    return bundle_with(file, text.replace(line, old)), bundle_with(file, text.replace(line, new))


def verdicts(old: Bundle, new: Bundle) -> set[Verdict]:
    assert Reader().read(old).is_usable
    return {change.verdict for change in judge(old, new).changes}


@pytest.mark.parametrize(("file", "old", "new"), BOTH_WAYS)
def test_a_stricter_text_is_judged_stricter_and_the_way_back_looser(file: str, old: str, new: str) -> None:
    before, after = pair(file, old, new)

    assert verdicts(before, after) == {STRICTER}
    assert verdicts(after, before) <= {LOOSER}
    assert judge(before, after).now == after
    assert judge(after, before).now.files[f"{file}.yaml"] == after.files[f"{file}.yaml"]


@pytest.mark.parametrize(("file", "old", "new"), NOT_PROVED)
def test_what_cannot_be_proved_counts_as_looser_both_ways(file: str, old: str, new: str) -> None:
    before, after = pair(file, old, new)

    assert all(verdict.waits for verdict in verdicts(before, after))
    assert all(verdict.waits for verdict in verdicts(after, before))


@pytest.mark.parametrize(("file", "old", "new"), NEUTRALS)
def test_what_changes_no_decision_is_neutral(file: str, old: str, new: str) -> None:
    before, after = pair(file, old, new)

    assert verdicts(before, after) == {NEUTRAL}
    assert judge(before, after).now == after


def without(name: str) -> Bundle:
    return Bundle({file: text for file, text in FILES.items() if file != name})


OF_AN_ACCOUNT = [
    ("a rule more", without("often.yaml"), Bundle(FILES)),
    ("a higher mode", Bundle(FILES, mode=Mode.SHADOW), Bundle(FILES, mode=Mode.ENFORCE)),
    ("its own lower limit", Bundle(FILES), Bundle(FILES, {"day_loss.limit": "$300"})),
    ("no higher limit of its own", Bundle(FILES, {"day_loss.limit": "$900"}), Bundle(FILES)),
    ("leave to act when live", Bundle(FILES), Bundle(FILES, may_act_live=True)),
]


@pytest.mark.parametrize(("what", "before", "after"), OF_AN_ACCOUNT, ids=[row[0] for row in OF_AN_ACCOUNT])
def test_an_account_too_can_be_guarded_more_or_less(what: str, before: Bundle, after: Bundle) -> None:
    assert verdicts(before, after) == {STRICTER}, what
    assert verdicts(after, before) == {LOOSER}, what


def test_what_an_account_sets_is_shown_against_what_its_rule_says() -> None:
    (change,) = judge(Bundle(FILES), Bundle(FILES, {"day_loss.limit": "$300"})).changes

    assert change.text == "day_loss.limit for this account: $500 -> $300"


def test_a_reset_of_its_own_cannot_be_proved_stricter() -> None:
    assert verdicts(Bundle(FILES), Bundle(FILES, {"day_loss.reset": "0 12 * * *"})) == {UNKNOWN}


def test_holidays_change_the_hours_and_wait() -> None:
    day = "calendar: cme\nexceptions:\n  - {date: 2026-12-23, closes: closed, by: maria, reason: storm}\n"
    assert all(v.waits for v in verdicts(Bundle(FILES), Bundle({**FILES, "holidays.yaml": day})))


def test_what_a_shadow_does_can_be_changed_and_removed_at_once() -> None:
    assert verdicts(Bundle(FILES), without("shadowed.yaml")) == {NEUTRAL}
    watched = Bundle(FILES, mode=Mode.SHADOW)
    assert verdicts(watched, replace(without("day_loss.yaml"), mode=Mode.SHADOW)) == {NEUTRAL}
