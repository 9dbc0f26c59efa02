"""What each setting of a rule, a ruleset and their parts is for: one sentence, shown by editors and in the reference."""

from collections.abc import Mapping

RULE: Mapping[str, str] = {
    "rule": "The name of the rule, which is that of its file.",
    "title": "A few words that the trader reads.",
    "why": "What the rule saves the trader from.",
    "mode": "off, shadow (decide and record, tell nobody), warn (tell the trader) or enforce (act). No default.",
    "severity": "How the rule is shown and to whom it is sent; it never decides which rule wins.",
    "scope": "What the rule looks at: the account, each symbol, each position, or each trade as it closes.",
    "params": "The values an admin may change, each with its unit.",
    "let": "Names for intermediate values, so that the condition reads as a sentence.",
    "when": "The condition. While it holds, the rule is broken.",
    "for": "How long the condition must hold without a break.",
    "for_each": "`scale_in`: each part that is added to a position has its own time.",
    "clear_when": "When the breach is over. Default: when the condition no longer holds.",
    "clear_for": "How long that must hold without a break.",
    "if_unknown": "What happens while the condition is unknown: hold, breach, no_increase or clear.",
    "reset": "When the rule starts afresh: `trading_day`, or a cron text in the ruleset's zone.",
    "since": "Where a peak that nobody watched begins: `session`.",
    "expires": "The day on which the rule ends by itself.",
    "gauge": "What the screens draw, where it cannot be derived from the condition.",
    "message": "What the trader reads when the rule acts; {names} are filled in.",
    "warn": "The early warning.",
    "tiers": "Steps of a ladder, each with a condition and actions of its own. All that apply join.",
    "then": "What happens, as wanted states: they hold while the rule is broken.",
    "exceptions": "Symbols for which the rule does not hold until a day, with who allowed it.",
    "tags": "Words by which people group rules.",
    "owner": "Who answers for this rule.",
}
SETTINGS: Mapping[str, str] = {
    "basis": "Whether results include the fees and commissions of both sides: net or gross.",
    "trade_is": "What one trade is: round_trip (flat to flat, per contract) or closing_order.",
    "breakeven_band": "A trade within it is neither won nor lost: `fees`, or an amount.",
    "mark": "What an open position is worth: executable (bid for longs, ask for shorts) or last.",
    "fresh_for": "An older quote is unknown.",
    "confirm_jump": "A larger jump of the mark counts once a second quote confirms it.",
    "stops": "Which stops count as protection.",
}
RULESET: Mapping[str, str] = {
    "ruleset": "The name of the ruleset.",
    "dsl": "The version of the language.",
    "mode_ceiling": "Caps every rule of the ruleset: enforce, warn, shadow or off.",
    "tz": "The zone of all times of this ruleset.",
    "trading_day": "The time at which a new trading day starts.",
    "sessions": "Its own hours, by symbol; `default` for the others.",
    "calendar": "The shipped holidays and early closes: `cme`.",
    "flat_by": "The firm's own close.",
}
TIER: Mapping[str, str] = {
    "name": "One word for this step, shown as {tier}.",
    "when": RULE["when"],
    "for": RULE["for"],
    "then": "What this step does.",
}
PARAM: Mapping[str, str] = {
    "value": "The value itself.",
    "min": "Nobody may set less, not for an account either.",
    "max": "Nobody may set more, not for an account either.",
    "help": "A word to whoever changes it.",
}
SCHEDULE: Mapping[str, str] = {
    "tz": "The zone of the hours; else that of the ruleset.",
    "days": "The days on which it opens; a day that is not named is closed.",
    "hours": "From and until, the end excluded: 08:30..15:00, or a list of them.",
    "closed_on": "Dates on which it stays closed.",
    "lead": "How long before the earliest close it ends.",
}
STOPS: Mapping[str, str] = {
    "max_distance": "A stop further away does not count: ticks, or money that the whole position would lose on the way.",
    "allow_stop_limit": "Whether a stop-limit order counts.",
    "replace_grace": "How long a stop may be missing while it is replaced.",
    "no_widening": "What happens when a stop is moved away: restore, warn or ignore.",
}
WARN: Mapping[str, str] = {"when": "When the warning appears.", "message": "What the trader reads then."}
GAUGE: Mapping[str, str] = {
    "value": "What is measured.",
    "limit": "What it is compared with.",
    "label": "What it is called.",
}
RESET: Mapping[str, str] = {
    "cron": "Minute, hour, day, month, weekday: 0 17 * * *",
    "tz": "The zone of that time.",
}
EXCEPTION: Mapping[str, str] = {
    "symbols": "The symbols for which the rule does not hold.",
    "until": "The day on which the exception ends.",
    "by": "Who allowed it.",
    "reason": "Why.",
}
OPTION: Mapping[str, str] = {
    "until": "When the lock ends: `reset`, `manual`, or a condition.",
    "for": "How long the lock lasts.",
    "side": "Only this side.",
    "by": "Which contracts go first.",
    "measure": "What is measured against the limit while contracts are taken off.",
    "on": "How far the pause reaches.",
    "step": "The stop moves in steps no smaller than this.",
    "every": "The stop moves no more often than this.",
}
