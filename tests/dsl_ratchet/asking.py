"""What a rule asks for in a state of the account, measured without the judge: more of a number is stricter."""

import random
from types import SimpleNamespace
from typing import Any

from engine.rule import IfUnknown, Rule
from engine.units import MINUTE, SCALE

SYMBOLS = ("ES", "MES", "NQ", "CL")
ENDLESS = 10**18


def state(rng: random.Random, rules: tuple[Rule, Rule], near: tuple[int, ...]) -> Any:
    """Return facts of one moment, amounts close to the rules' own numbers, some of them unknown."""
    amounts = [(value + step) for value in (0, *near) for step in (-1, 0, 1)]
    pnl = rng.choice([None, *(rng.choice((1, -1)) * each for each in amounts)])
    windows = {
        key: rng.choice([None, *(n * SCALE for n in range(7))]) for each in rules for key in each.windows
    }
    return SimpleNamespace(
        account=SimpleNamespace(
            open_pnl=pnl,
            open_loss=None if pnl is None else max(-pnl, 0),
            can_trade=rng.choice((True, False, None)),
        ),
        day=SimpleNamespace(realized_loss=rng.choice([None, *(max(each, 0) for each in amounts)])),
        symbol=SimpleNamespace(name=rng.choice(SYMBOLS), quantity=rng.randint(0, 5) * SCALE),
        window=windows.__getitem__,
        view=None,
        now=0,
        reset_in=rng.randint(1, 100) * MINUTE,
    )


def asked(rule: Rule, f: Any) -> dict[str, int]:
    """Return what a rule asks for in a state, each as a number of which more is stricter.

    It is asked of an account on which the condition has just become as it is.
    """
    tier = rule.tiers[0]
    answer = tier.when(f)
    fires = answer is True or (answer is None and rule.if_unknown is IfUnknown.BREACH)
    wants: dict[str, int] = {}
    if answer is None and rule.if_unknown is IfUnknown.NO_INCREASE:
        wants["refuse"] = 1
    if fires:
        hold = tier.hold(f) if tier.hold else 0
        wants["soon"] = -(hold or 0)
        for action in tier.then(f):
            for name, strength in measure(rule, action, f):
                wants[name] = max(wants.get(name, -(ENDLESS)), strength)
    return wants


def measure(rule: Rule, action: Any, f: Any) -> list[tuple[str, int]]:
    """Return what one action asks for; what holds for the account holds for the symbol too."""
    kind = type(action).__name__
    on = getattr(action, "on", "symbol")
    places = ("account", "symbol") if on == "account" else ("symbol",)
    match kind:
        case "Flatten":
            return [(f"{what} {place}", 0) for place in places for what in ("size", "cancel")]
        case "Close":
            return [("size symbol", 0)]
        case "ReduceTo":
            return [("size symbol", -action.limit)]
        case "CancelOrders":
            return [(f"cancel {place}", 0) for place in places]
        case "Cooldown":
            return [(f"lock {place} {side}", action.length) for place in places for side in ("buy", "sell")]
        case "LockEntries":
            sides = (action.side.value,) if action.side else ("buy", "sell")
            name, length = lock(rule, action, f)
            return [(f"{name} {place} {side}", length) for place in places for side in sides]
        case _:
            raise AssertionError(kind)


def lock(rule: Rule, action: Any, f: Any) -> tuple[str, int]:
    match action.until:
        case "manual":
            return "lock", ENDLESS
        case "for":
            return "lock", action.length
        case "reset":
            return "lock", f.reset_in
        case _:
            return "lock while", 0 if rule.untils[action.condition](f) is True else 1


def allows_more(new: dict[str, int], old: dict[str, int]) -> str:
    """Return what the old rule asks for and the new does not, empty if there is nothing."""
    for name, strength in old.items():
        if name == "refuse":
            if "refuse" not in new and not (
                new.get("soon") == 0 and all(is_locked(new, s) for s in ("buy", "sell"))
            ):
                return name
        elif name.startswith("lock while"):
            if strength and not (new.get(name) or new.get(name.replace("lock while", "lock")) == ENDLESS):
                return name
        elif new.get(name, -ENDLESS) < strength:
            return name
    return ""


def is_locked(wants: dict[str, int], side: str) -> bool:
    return wants.get(f"lock symbol {side}", 0) > 0 or wants.get(f"lock while symbol {side}", 0) > 0
