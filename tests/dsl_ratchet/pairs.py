"""Random rules, and rules that differ from them in a few places."""

import random
from dataclasses import dataclass
from typing import Any

from dsl.pipeline import compile_rule
from dsl.problems import Source, has_errors
from dsl.ruleset_build import default_info
from engine.rule import IfUnknown, Rule

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
