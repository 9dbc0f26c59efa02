"""Whether one action asks for at least as much as another."""

from dsl.analysis.forms import Forms
from dsl.check_actions import CheckedAction
from dsl.typed import Typed

SMALLER_IS_STRONGER = frozenset({"reduce_to", "require_stop"})
WIDTH = {"position": 0, "symbol": 1, "account": 2}


def covers(more: CheckedAction, less: CheckedAction, forms: Forms) -> bool:
    """Say whether `more` asks for all that `less` asks for. In doubt: no."""
    if more.name != less.name or not _same_words(more, less) or not less.people <= more.people:
        return False
    if not _as_wide(more, less) or not _same_end(more, less, forms):
        return False
    pairs = [(more.amounts.get(name), less.amounts.get(name)) for name in more.amounts | less.amounts]
    return all(_as_strong(more.name, one, other, forms) for one, other in pairs)


def _same_words(more: CheckedAction, less: CheckedAction) -> bool:
    others = [{name: word for name, word in each.words.items() if name != "place"} for each in (more, less)]
    return others[0] == others[1] and _same(more.measure, less.measure)


def _same(one: Typed | None, other: Typed | None) -> bool:
    return (one.node if one is not None else None) == (other.node if other is not None else None)


def _as_wide(more: CheckedAction, less: CheckedAction) -> bool:
    wide, narrow = more.words.get("place", "account"), less.words.get("place", "account")
    return WIDTH[wide] >= WIDTH[narrow]


def _same_end(more: CheckedAction, less: CheckedAction, forms: Forms) -> bool:
    """Say whether a lock ends no earlier; one that ends by hand outlasts every other."""
    if more.ends == "manual":
        return True
    return more.ends == less.ends and _same(more.until, less.until)


def _as_strong(name: str, more: Typed | None, less: Typed | None, forms: Forms) -> bool:
    if more is None or less is None:
        return False
    if more.node == less.node:
        return True
    difference = forms.linear(more).plus(forms.linear(less), -1)
    if not difference.is_constant:
        return False
    return difference.constant <= 0 if name in SMALLER_IS_STRONGER else difference.constant >= 0
