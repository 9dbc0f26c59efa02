"""Random rules, rules that differ from them in a few places, and what each asks for in a state of the account."""

import random
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from dsl.pipeline import compile_rule
from dsl.problems import Source, has_errors
from dsl.ruleset_build import default_info
from engine.rule import IfUnknown, Rule
from engine.units import MINUTE, SCALE

AMOUNTS = (
    "account.open_loss",
    "day.realized_loss",
    "loss(account.open_pnl)",
    "account.open_loss + day.realized_loss",
    "max(account.open_loss, day.realized_loss)",
    "min(account.open_loss, day.realized_loss)",
    "abs(account.open_pnl) * 50%",
    "fallback(account.open_loss, day.realized_loss)",
    "profit(account.open_pnl) - day.realized_loss",
)
BOUNDS = ("limit", "limit * share", "limits[symbol]", "$250", "limit - $50", "limit / 3")
OTHERS = (
    "symbol in blocked",
    "symbol not in blocked",
    "account.can_trade",
    "count(trades over session) >= most",
    "count(trades where pnl < $0 over last 1h) > most",
    "symbol.quantity > size",
)
ACTIONS = (
    ("flatten: account",),
    ("flatten: symbol",),
    ("close: symbol",),
    ("reduce_to: size",),
    ("reduce_to: 2 contracts", "cancel_orders: symbol"),
    ("lock: account", "  for: long"),
    ("lock: symbol", "  for: long"),
    ("lock: symbol", "  until: manual"),
    ("lock: account", "  until: reset"),
    ("lock: symbol", "  until: account.open_loss < limit"),
    ("lock: symbol", "  for: long", "  side: buy"),
    ("cooldown: long",),
    ("cancel_orders: account",),
)
ENDLESS = 10**18
SYMBOLS = ("ES", "MES", "NQ", "CL")


@dataclass(frozen=True)
class Written:
    """A rule by its parts, each of which can be changed alone."""

    leaves: tuple[str, ...]
    joints: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    hold: str
    if_unknown: str
    numbers: tuple[int, ...]
    blocked: tuple[str, ...]
    rows: tuple[int, ...]

    @property
    def text(self) -> str:
        when = self.leaves[0]
        for joint, leaf in zip(self.joints, self.leaves[1:], strict=True):
            when = f"({when}) {joint} {leaf}"
        limit, share, most, size, long = self.numbers
        rows = ", ".join(
            f"{name}: ${row}" for name, row in zip(("ES", "MES", "other"), self.rows, strict=True)
        )
        then = "\n".join(
            "\n".join((f"  - {one[0]}", *(f"  {more}" for more in one[1:]))) for one in self.actions
        )
        return (
            "rule: r\ntitle: R\nmode: enforce\nscope: symbol\nparams:\n"
            f"  limit: ${limit}\n  share: {share}%\n  most: {most}\n  size: {size} contracts\n  long: {long}m\n"
            f"  blocked: [{', '.join(self.blocked)}]\n  limits: {{{rows}}}\n"
            f"when: >\n  {when}\nfor: {self.hold}\nif_unknown: {self.if_unknown}\nreset: trading_day\nthen:\n{then}\n"
        )


def leaf(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(OTHERS)
    word = rng.choice((">=", ">", ">=", "<", "=="))
    text = f"{rng.choice(AMOUNTS)} {word} {rng.choice(BOUNDS)}"
    return f"not ({text})" if rng.random() < 0.15 else text


def written(rng: random.Random) -> Written:
    """Return a random rule."""
    count = rng.choice((1, 1, 2, 3))
    return Written(
        tuple(leaf(rng) for _ in range(count)),
        tuple(rng.choice(("and", "or")) for _ in range(count - 1)),
        tuple(rng.sample(ACTIONS, rng.choice((1, 1, 2)))),
        rng.choice(("0s", "10s", "1m")),
        rng.choice(tuple(each.value for each in IfUnknown)),
        (
            rng.randint(1, 9) * 100,
            rng.randint(1, 12) * 10,
            rng.randint(1, 5),
            rng.randint(0, 4),
            rng.randint(1, 60),
        ),
        tuple(rng.sample(SYMBOLS, 2)),
        tuple(rng.randint(1, 9) * 100 for _ in range(3)),
    )


def changed(rng: random.Random, rule: Written) -> Written:
    """Return a rule that differs in one place, sometimes in more."""
    parts: dict[str, Any] = {name: getattr(rule, name) for name in Written.__dataclass_fields__}
    other = written(rng)
    for name in rng.sample(sorted(parts), rng.choice((1, 1, 1, 2))):
        match name:
            case "leaves":
                place = rng.randrange(len(rule.leaves))
                parts[name] = (*rule.leaves[:place], leaf(rng), *rule.leaves[place + 1 :])
            case "joints":
                parts[name] = tuple("or" if joint == "and" else "and" for joint in rule.joints)
            case "actions":
                parts[name] = rng.choice((other.actions, (*rule.actions, *other.actions)))
            case "numbers" | "rows":
                place = rng.randrange(len(parts[name]))
                own = getattr(other, name)[place]
                parts[name] = (*parts[name][:place], own, *parts[name][place + 1 :])
            case _:
                parts[name] = getattr(other, name)
    return Written(**parts)


def compiled(rule: Written) -> Rule | None:
    """Return the rule that runs, None where the checker refuses it."""
    made, problems = compile_rule(Source("r.yaml", rule.text), default_info(), {})
    return None if has_errors(problems) else made


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
