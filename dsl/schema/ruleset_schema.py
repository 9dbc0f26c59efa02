"""The schema of `ruleset.yaml`, read off the tables of its settings."""

from dsl import document_keys as keys
from dsl.ruleset_document import VERSION
from dsl.schema import key_help
from dsl.schema.parts import TIME, Schema, choice, described, settings, text
from dsl.schema.rule_schema import DIALECT, own_settings, schedule_schema


def ruleset_schema() -> Schema:
    """Return the schema of what the rules of a folder share."""
    parts: dict[str, Schema] = {
        "dsl": {"type": ["integer", "string"], "enum": [VERSION, str(VERSION)]},
        "mode_ceiling": choice("", keys.MODES),
        "trading_day": text("", TIME),
        "sessions": {"type": "object", "additionalProperties": schedule_schema()},
        "flat_by": text("", TIME),
    }
    properties = described(key_help.RULESET, parts) | own_settings()
    return {
        "$schema": DIALECT,
        "$id": "risk.ruleset/1",
        "title": "ruleset.yaml: what the rules of a folder share",
        **settings("A ruleset.", properties, ["ruleset", "dsl"]),
    }
