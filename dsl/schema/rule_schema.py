"""The schema of a rule file, read off the tables of settings and actions. Flat, so that a mistake is marked where it is."""

from dsl import document_keys as keys
from dsl.action_specs import PEOPLE, SPECS, ActionSpec
from dsl.schema import key_help
from dsl.schema.parts import (
    DATE,
    DURATION,
    NAME,
    RANGE,
    SYMBOL,
    TICKS,
    Schema,
    anything,
    choice,
    described,
    expression,
    one_or_more,
    settings,
    text,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> Schema:
    """Return the schema of one rule file."""
    properties = described(key_help.RULE, _rule_parts()) | own_settings()
    return {
        "$schema": DIALECT,
        "$id": "risk.rule/1",
        "title": "NAME.yaml: one rule of a ruleset",
        **settings("One rule.", properties, ["rule", "title", "mode", "scope"]),
        "dependentRequired": {"when": ["then"], "then": ["when"]},
    }


def _rule_parts() -> dict[str, Schema]:
    condition = expression("")
    return {
        "rule": text("", NAME),
        "mode": choice("", keys.MODES),
        "severity": choice("", keys.SEVERITIES),
        "scope": choice("", keys.SCOPES),
        "params": {
            "type": "object",
            "propertyNames": {"pattern": NAME},
            "additionalProperties": anything("A value."),
        },
        "let": {"type": "object", "propertyNames": {"pattern": NAME}, "additionalProperties": condition},
        "when": condition,
        "for": condition,
        "for_each": choice("", keys.FOR_EACH),
        "clear_when": condition,
        "clear_for": condition,
        "if_unknown": choice("", keys.IF_UNKNOWN),
        "reset": settings("", described(key_help.RESET, {}), ["cron"]) | {"type": ["string", "object"]},
        "since": choice("", keys.SINCE),
        "expires": text("", DATE),
        "gauge": settings(
            "", described(key_help.GAUGE, {"value": condition, "limit": condition}), ["value", "limit"]
        ),
        "warn": settings("", described(key_help.WARN, {"when": condition}), ["when", "message"]),
        "tiers": {"type": "array", "minItems": 1, "items": _tier()},
        "then": _then(),
        "exceptions": one_or_more("", _exception()),
        "tags": one_or_more("", text("A word.")),
    }


def _tier() -> Schema:
    parts = {"when": expression(""), "for": expression(""), "then": _then()}
    return settings("One step.", described(key_help.TIER, parts), ["name", "when", "then"])


def _exception() -> Schema:
    parts = {"symbols": one_or_more("", text("A symbol.", SYMBOL)), "until": text("", DATE)}
    return settings("One exception.", described(key_help.EXCEPTION, parts), ["symbols", "until", "by"])


def own_settings() -> dict[str, Schema]:
    """Return the schemas of the settings that a ruleset fixes and a rule may have its own of."""
    stops = {
        "max_distance": expression(""),
        "allow_stop_limit": {"type": ["boolean", "string"], "enum": [True, False, "true", "false"]},
        "replace_grace": text("", DURATION),
        "no_widening": choice("", keys.NO_WIDENING),
    }
    return described(
        key_help.SETTINGS,
        {
            "basis": choice("", keys.BASES),
            "trade_is": choice("", keys.TRADE_IS),
            "breakeven_band": text(""),
            "mark": choice("", keys.MARKS),
            "fresh_for": text("", DURATION),
            "confirm_jump": text("", TICKS),
            "stops": settings("", described(key_help.STOPS, stops)),
        },
    )


def _then() -> Schema:
    """Return the schema of a list of actions: each may have the settings of any, the checker knows which."""
    properties: dict[str, Schema] = {}
    for name, spec in SPECS.items():
        properties[name] = _value(spec)
        for option in spec.options:
            properties.setdefault(option, _option(option, spec))
    action = settings("One action with its settings.", properties) | {"minProperties": 1}
    return {
        "description": "Actions, each beginning with a dash.",
        "type": "array",
        "minItems": 1,
        "items": action,
    }


def _value(spec: ActionSpec) -> Schema:
    about = f"{spec.summary[0].upper()}{spec.summary[1:]}."
    if spec.is_told:
        return one_or_more(about, {"type": "string", "enum": list(PEOPLE)})
    return choice(about, spec.places) if spec.kind is None else expression(about)


def _option(name: str, spec: ActionSpec) -> Schema:
    about = key_help.OPTION[name]
    return choice(about, spec.words[name]) if name in spec.words else expression(about)


def schedule_schema() -> Schema:
    """Return the schema of opening hours."""
    parts = {
        "days": one_or_more("", {"type": "string", "enum": list(keys.DAYS)}),
        "hours": one_or_more("", text("A range.", RANGE)),
        "closed_on": one_or_more("", text("A date.")),
        "lead": text("", DURATION),
    }
    return settings("Opening hours.", described(key_help.SCHEDULE, parts), ["days", "hours"])
