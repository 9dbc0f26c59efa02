"""What each window of an aggregate begins with. A test fails when the checker knows another one."""

from collections.abc import Mapping

WINDOWS: Mapping[str, str] = {
    "over last 1h": "the last hour; an item leaves exactly one hour after its time",
    "over session": "the current session of the ruleset, until the next one begins",
    "over trading_day": "the current trading day",
    "over week": "the current trading week",
    "over month": "the current trading month",
    "since reset": "the rule's own `reset:`",
    "since open": "the opening of the position; in other rules of the session",
    "since start": "the first event of the account",
    "since fired": "the last time this rule fired",
    "since payout": "the last payout, as `account.last_payout` in the account's `set:` says",
}
