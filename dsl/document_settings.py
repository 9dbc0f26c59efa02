"""The settings that a ruleset fixes for its rules and that a rule may have its own of: `basis` to `stops`."""

from dsl.document_fields import Fields
from dsl.document_keys import BASES, MARKS, NO_WIDENING, STOPS_KEYS, TRADE_IS
from dsl.document_parts import SettingsNode, StopsNode, Text
from dsl.document_values import only
from dsl.kinds import DURATION, MONEY, TICKS, YES_NO, Kind
from dsl.nodes import Literal


def read_settings(fields: Fields) -> SettingsNode:
    """Return the settings that are written; each that cannot be read is reported and None."""
    return SettingsNode(
        basis=fields.choice("basis", BASES),
        trade_is=fields.choice("trade_is", TRADE_IS),
        breakeven_band=_band(fields),
        mark=fields.choice("mark", MARKS),
        fresh_for=_one(fields, "fresh_for", DURATION, "3s"),
        confirm_jump=_one(fields, "confirm_jump", TICKS, "20 ticks"),
        stops=_stops(fields),
    )


def _one(fields: Fields, key: str, kind: Kind, example: str) -> Literal | None:
    value = fields.literal(key)
    return only(value, kind, f"`{key}`", example, fields.problems) if value is not None else None


def _band(fields: Fields) -> Text | Literal | None:
    entry = fields.map.get("breakeven_band")
    text = fields.text("breakeven_band") if entry else None
    if text is None or text.text == "fees":
        return text
    value = fields.literal("breakeven_band")
    return only(value, MONEY, "`breakeven_band`", "$5", fields.problems) if value is not None else None


def _stops(fields: Fields) -> StopsNode | None:
    node = fields.map_of("stops", "`{max_distance: 40 ticks}`")
    if node is None:
        return None
    inner = Fields(node, "`stops`", fields.entry_span("stops"), fields.problems)
    inner.check(STOPS_KEYS, [])
    return StopsNode(
        max_distance=inner.expression("max_distance"),
        allow_stop_limit=_one(inner, "allow_stop_limit", YES_NO, "true"),
        replace_grace=_one(inner, "replace_grace", DURATION, "2s"),
        no_widening=inner.choice("no_widening", NO_WIDENING),
    )
