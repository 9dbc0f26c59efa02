"""The settings that files may have, the words some of them choose from, and what people write instead."""

RULE_KEYS = (
    "rule", "title", "why", "mode", "severity", "scope", "params", "let", "when", "for", "for_each", "clear_when",
    "clear_for", "if_unknown", "reset", "since", "expires", "gauge", "message", "warn", "tiers", "then", "exceptions",
    "tags", "owner",
)  # fmt: skip
"""Of a rule; the settings of `SETTINGS_KEYS` may stand there too."""

SETTINGS_KEYS = ("basis", "trade_is", "breakeven_band", "mark", "fresh_for", "confirm_jump", "stops")
RULESET_KEYS = (
    "ruleset", "dsl", "mode_ceiling", "tz", "trading_day", "sessions", "calendar", "flat_by", *SETTINGS_KEYS,
)  # fmt: skip
STOPS_KEYS = ("max_distance", "allow_stop_limit", "replace_grace", "no_widening")
TIER_KEYS = ("name", "when", "for", "then")
WARN_KEYS = ("when", "message")
GAUGE_KEYS = ("value", "limit", "label")
RESET_KEYS = ("cron", "tz")
EXCEPTION_KEYS = ("symbols", "until", "by", "reason")
PARAM_KEYS = ("value", "min", "max", "help")
SCHEDULE_KEYS = ("tz", "days", "hours", "closed_on", "lead")

MODES = ("off", "shadow", "warn", "enforce")
SCOPES = ("account", "symbol", "position", "trade")
SEVERITIES = ("info", "low", "medium", "high", "critical")
IF_UNKNOWN = ("hold", "breach", "no_increase", "clear")
FOR_EACH = ("scale_in",)
SINCE = ("session",)
BASES = ("net", "gross")
TRADE_IS = ("round_trip", "closing_order")
MARKS = ("executable", "last")
NO_WIDENING = ("restore", "warn", "ignore")
DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")

SYNONYMS = {
    "if": "when",
    "condition": "when",
    "trigger": "when",
    "do": "then",
    "action": "then",
    "actions": "then",
    "id": "rule",
    "name": "rule",
    "description": "why",
    "reason": "why",
    "parameters": "params",
    "settings": "params",
    "variables": "let",
    "duration": "for",
    "text": "message",
    "warning": "warn",
    "expire": "expires",
    "until": "expires",
    "priority": "severity",
    "enabled": "mode",
    "minimum": "min",
    "maximum": "max",
    "default": "value",
}
"""What other tools call a setting."""

MISSING = {
    "rule": "add `rule:` with the name of the file without `.yaml`",
    "title": "add `title:` with a few words that the trader will read",
    "mode": "add `mode: shadow` to try the rule without acting; there is no default on purpose",
    "scope": "add `scope: account`; the others are `symbol`, `position` and `trade`",
    "when": "add `when:` with a condition such as `day.realized_loss >= $500`, or `tiers:`",
    "then": "add `then:` with at least one action, for example `- flatten: account`",
    "message": "add `message:` with the words that the trader will read",
    "name": "add `name:` with one word for this step",
    "value": "add `value:` with what is measured",
    "limit": "add `limit:` with what it is compared with",
    "cron": "add `cron:`, for example `cron: 0 17 * * *`",
    "symbols": "add `symbols:`, for example `symbols: [CL]`",
    "until": "add `until:` with the day on which this ends, for example `until: 2026-10-01`",
    "by": "add `by:` with the name of who allows this",
    "ruleset": "add `ruleset:` with the name of the ruleset",
    "dsl": "add `dsl: 1`, the version of the language",
    "hours": "add `hours:`, for example `hours: 08:30..15:00`",
    "days": "add `days:`, for example `days: [MON, TUE, WED, THU, FRI]`",
}
"""What to add when a setting is missing."""
