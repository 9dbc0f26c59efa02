"""What a gauge measures, as traders say it: `lost today`, `trades this hour`, `losing trades in a row`."""

from dsl.labels import label_of
from dsl.nodes import Compare
from dsl.typed import AggregateUse, Constant, LetUse, Typed

PHRASES = (
    ("closed loss ", "closed losses "),
    ("closed profit ", "closed profits "),
    ("trades ", "closed trades "),
    ("entries ", "trades "),
    ("firings ", "times it acted "),
)
"""How a label begins, and what traders say instead. An entry is what they call a trade."""

WHOLE = {
    "loss today": "lost today",
    "profit today": "made today",
}
DAILY = ("since the reset", "today")


def gauge_label(value: Typed, *, is_daily: bool = False) -> str:
    """Return the words behind a gauge's numbers. `is_daily`: the rule starts afresh once a day."""
    streak = _streak(value)
    if streak:
        return streak
    label = label_of(value)
    label = label.replace(*DAILY) if is_daily else label
    for begins, instead in PHRASES:
        if label.startswith(begins):
            return instead + label.removeprefix(begins)
    return WHOLE.get(label, label)


def below_label(peak: Typed) -> str:
    """Return the words for what was lost again of a peak: profits are given back, all else is below its peak."""
    label = label_of(peak)
    return "given back" if "profit" in label or "result" in label else f"below the {label}"


def _streak(value: Typed) -> str:
    """Return the words for trades in a row, with what they have in common where that is easily said."""
    while isinstance(value.ref, LetUse):
        value = value.parts[0]
    use = value.ref
    if not (isinstance(use, AggregateUse) and use.word == "streak" and use.stream is not None):
        return ""
    kind = _won_or_lost(value.parts[-1]) if use.has_where and use.stream.word == "trades" else ""
    return f"{kind}{use.stream.word} in a row"


def _won_or_lost(where: Typed) -> str:
    if not isinstance(where.node, Compare):
        return ""
    left, right = where.parts
    is_sign = left.span.text == "pnl" and isinstance(right.ref, Constant) and right.ref.value == 0
    return {"<": "losing ", ">": "winning "}.get(where.node.op, "") if is_sign else ""
