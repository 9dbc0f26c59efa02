"""Whether one action asks for all that another asks for, in rules of two rulesets."""

from dsl.check_actions import CheckedAction
from dsl.ratchet.order import Order
from dsl.typed import FunctionUse, LetUse, Typed

WIDTH = {"position": 0, "symbol": 1, "account": 2}
MILD = ("close", "cancel_orders", "reduce_to")
"""What a `flatten` of the same place does as well."""


def asks_as_much(more: CheckedAction, less: CheckedAction, order: Order, *, same_reset: bool) -> bool:
    """Say whether `more` asks for all that `less` asks for. In doubt: no.

    `same_reset`: both rules start afresh at the same moments, so that `until: reset` means the same.
    """
    if more.name != less.name:
        return _is_milder(more, less) or _lasts(more, less, order)
    if not less.people <= more.people or not _as_wide(more, less):
        return False
    if not _same_side(more, less):
        return False
    if more.name == "lock":
        return _ends_no_earlier(more, less, order, same_reset=same_reset)
    return _as_strong(more, less, order)


def _as_strong(more: CheckedAction, less: CheckedAction, order: Order) -> bool:
    """Say whether the amounts of an action ask for at least as much as those of another of its name."""
    match more.name:
        case "cooldown":
            return order.at_most(less.amounts["value"], more.amounts["value"])
        case "reduce_to":
            is_same = more.words.get("by") == less.words.get("by") and order.same(more.measure, less.measure)
            return is_same and order.at_most(more.amounts["value"], less.amounts["value"])
        case "require_stop":
            return order.at_most(more.amounts["value"], less.amounts["value"])
        case "move_stop":
            return _as_tight(more, less, order)
        case _:
            return True


def _is_milder(more: CheckedAction, less: CheckedAction) -> bool:
    """Say whether a flatten stands where something smaller was asked for."""
    if more.name != "flatten" or less.name not in MILD or less.measure is not None:
        return False
    narrow = "position" if less.name == "reduce_to" else less.words["place"]
    return WIDTH[more.words["place"]] >= WIDTH[narrow] and (
        less.name != "reduce_to" or more.words["place"] == "account"
    )


def _lasts(more: CheckedAction, less: CheckedAction, order: Order) -> bool:
    """Say whether a lock of the account stands where a cooldown was asked for."""
    if (
        (more.name, less.name) != ("lock", "cooldown")
        or more.words["place"] != "account"
        or "side" in more.words
    ):
        return False
    if more.ends == "manual":
        return True
    # A cooldown of a closed trade counts from the venue's time of it, a lock from now: never earlier.
    return more.ends == "for" and order.at_most(less.amounts["value"], more.amounts["for"])


def _as_wide(more: CheckedAction, less: CheckedAction) -> bool:
    wide, narrow = (each.words.get("place", each.words.get("on", "account")) for each in (more, less))
    return WIDTH[wide] >= WIDTH[narrow]


def _same_side(more: CheckedAction, less: CheckedAction) -> bool:
    return more.words.get("side") in (None, less.words.get("side"))


def _ends_no_earlier(more: CheckedAction, less: CheckedAction, order: Order, *, same_reset: bool) -> bool:
    if more.ends == "manual":
        return True
    if more.ends != less.ends:
        return False
    match more.ends:
        case "reset":
            return same_reset
        case "for":
            return order.at_most(less.amounts["for"], more.amounts["for"])
        case _:
            assert more.until is not None
            assert less.until is not None
            return order.implies(more.until, less.until)


def _as_tight(more: CheckedAction, less: CheckedAction, order: Order) -> bool:
    """Say whether a stop is moved at least as close to the market, and as soon."""
    if more.amounts.keys() != less.amounts.keys():
        return False
    rest = [name for name in more.amounts if name != "value"]
    if not all(order.at_most(more.amounts[name], less.amounts[name]) for name in rest):
        return False
    one, other = _named(more.amounts["value"]), _named(less.amounts["value"])
    if order.same(one, other):
        return True
    if not isinstance(one.ref, FunctionUse) or not isinstance(other.ref, FunctionUse):
        return False
    if one.ref.word != other.ref.word or not order.same(one.parts[0], other.parts[0]):
        return False
    match one.ref.word:
        case "behind":
            return order.at_most(one.parts[1], other.parts[1])
        case "ahead":
            return order.at_most(other.parts[1], one.parts[1])
        case _:
            return False


def _named(typed: Typed) -> Typed:
    while isinstance(typed.ref, LetUse):
        typed = typed.parts[0]
    return typed
