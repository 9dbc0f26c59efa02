"""Names under `let:`, worked out in the order in which they build on each other, so that a circle is seen first."""

from collections.abc import Mapping

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.limits import EXPRESSION_DEPTH
from dsl.nodes import (
    Binary,
    Call,
    Compare,
    ListOf,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Row,
)
from dsl.typed import LetUse, Typed

DEPTH = 3 * EXPRESSION_DEPTH
"""Operators inside each other, through all names that a name builds on: later stages walk such a tree by recursion."""


MOST_REPORTED = 50
"""Names of circles that are looked at and reported; whoever wrote more has seen enough."""


def check_lets(context: Context) -> None:
    """Work out every name under `let:`; report circles, and names that build on too many others."""
    needs = {name: _used(let.value, context) for name, let in context.lets.items()}
    missing = {name: set(used & needs.keys()) for name, used in needs.items()}
    users: dict[str, list[str]] = {}
    for name, used in missing.items():
        for other in used:
            users.setdefault(other, []).append(name)
    depths: dict[str, int] = {}
    ready = [name for name, used in missing.items() if not used]
    while ready:
        name = ready.pop()
        context.known[name] = _worked_out(name, depths, context)
        for user in users.get(name, ()):
            missing[user].discard(name)
            ready += [user] if not missing[user] else []
    waiting = {name: needs[name] for name in needs if missing[name]}
    if waiting:
        _report_circles(waiting, context)


def _worked_out(name: str, depths: dict[str, int], context: Context) -> Typed:
    let = context.lets[name]
    typed = infer(let.value, context)
    depths[name] = depth_of(typed, depths)
    if depths[name] <= DEPTH:
        return typed
    depths[name] = 0
    context.report(
        "E311", f"`{name}` builds on too many other names", let.name_span, help="write it with fewer steps"
    )
    return Typed(let.value, kinds.ANY)


def _report_circles(waiting: Mapping[str, frozenset[str]], context: Context) -> None:
    """Report names that lead back to themselves, the first of many; those that only use one stay silent."""
    for name in waiting:
        context.known[name] = Typed(context.lets[name].value, kinds.ANY)
        context.used |= waiting[name]
    used = {other for needs in waiting.values() for other in needs}
    asked = [name for name in waiting if name in used][:MOST_REPORTED]
    found = [name for name in asked if _leads_to_itself(name, waiting)]
    for name in found or asked[:1]:
        context.report(
            "E311",
            f"`{name}` is worked out from itself",
            context.lets[name].name_span,
            help="work it out from fields and parameters",
        )


def _leads_to_itself(name: str, needs: Mapping[str, frozenset[str]]) -> bool:
    reached, waiting = set[str](), list(needs[name])
    while waiting:
        other = waiting.pop()
        if other in reached:
            continue
        reached.add(other)
        waiting.extend(needs.get(other, ()))
    return name in reached


def depth_of(typed: Typed, depths: Mapping[str, int]) -> int:
    """Return how many operators stand inside each other, those of the names it builds on included."""
    if isinstance(typed.ref, LetUse):
        return depths[typed.ref.name] + 1
    return 1 + max((depth_of(part, depths) for part in typed.parts), default=0)


def _used(node: Node, context: Context) -> frozenset[str]:
    """Return the names under `let:` that an expression uses."""
    found, waiting = set[str](), [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Name) and each.text in context.lets:
            found.add(each.text)
        waiting.extend(_children(each))
    return frozenset(found)


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Binary() | Compare():
            return (node.left, node.right)
        case Negative() | Not():
            return (node.operand,)
        case Logic():
            return node.operands
        case Membership():
            return (node.item, node.container)
        case Row():
            return (node.table, node.index)
        case ListOf():
            return node.items
        case Call():
            return tuple(part for arg in node.args for part in (arg.value, arg.where) if part is not None)
        case _:
            return ()
