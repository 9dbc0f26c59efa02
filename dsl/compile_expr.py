"""From checked nodes to Python: constants folded, unknown (None) carried through every operator."""

from typing import Any

from dsl import kinds
from dsl.compile_logic import compile_logic
from dsl.compile_lookup import compile_membership, compile_month, compile_row, own_month
from dsl.compile_source import Code, Function, constant
from dsl.compile_windows import Windows, compile_aggregate
from dsl.fact import Fact
from dsl.instrument import as_ticks, moved, points_as_ticks
from dsl.nodes import Binary, Compare, ListOf, Logic, Membership, Negative, Not, Row
from dsl.operations import divide, multiply
from dsl.typed import AggregateUse, Constant, Conversion, FunctionUse, ItemField, LetUse, Typed

COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class Compiler:
    """Writes the expressions of one function. `windows` collects the aggregates of the whole rule."""

    def __init__(self, function: Function, windows: Windows) -> None:
        self.function, self.windows = function, windows

    def compile(self, typed: Typed) -> Code:  # noqa: C901  one line a kind of node
        """Write what an expression needs and return it as code."""
        if typed.ref is not None:
            return self._reference(typed)
        match typed.node:
            case Binary():
                return self._binary(typed, typed.node)
            case Compare():
                return self._compare(typed, typed.node)
            case Negative():
                return self.apply("-{0}", self._parts(typed), lambda value: -value)
            case Not():
                return self.apply("not {0}", self._parts(typed), lambda value: not value)
            case Logic():
                return compile_logic(typed.node.op, typed.parts, self.function, self.compile)
            case Membership():
                return compile_membership(typed, typed.node.negated, self._parts(typed), self.function)
            case Row():
                return compile_row(typed, self._parts(typed), self.function)
            case ListOf():
                return self.apply(_tuple(len(typed.parts)), self._parts(typed), lambda *values: values)
            case _:
                raise AssertionError(f"{typed.node} was not checked")

    def _parts(self, typed: Typed) -> list[Code]:
        return [self.compile(part) for part in typed.parts]

    def apply(self, template: str, parts: list[Code], fold: Any, *, may_be_none: bool = False) -> Code:
        """Return an operation on operands: folded if all are constants, unknown if one of them is."""
        if all(part.is_constant for part in parts):
            value = fold(*(part.value for part in parts))
            return constant(value, self.function.module) if value is not None else self.none()
        text = template.format(*(part.text for part in parts))
        unknown = [f"{part.text} is None" for part in parts if part.may_be_none]
        if unknown:
            return self.function.hold(f"None if {' or '.join(unknown)} else {text}", may_be_none=True)
        return self.function.hold(text, may_be_none=True) if may_be_none else Code(f"({text})")

    def none(self) -> Code:
        """Return code for a value that is unknown for ever."""
        return self.function.hold("None", may_be_none=True)

    def _reference(self, typed: Typed) -> Code:  # noqa: C901  one line a kind of reference
        match typed.ref:
            case Constant() as known:
                return constant(known.value, self.function.module, known.name or "value")
            case Fact() as fact:
                return self.function.cached(
                    fact.path,
                    lambda: self.function.hold(f"f.{fact.attribute}", may_be_none=fact.may_be_unknown),
                )
            case ItemField() as item:
                text = f"i.{item.name}"
                if not item.may_be_unknown:
                    return Code(text)
                return self.function.cached(text, lambda: self.function.hold(text, may_be_none=True))
            case LetUse(name=name):
                return self.function.hoisted(("let", name), lambda: self._named(typed.parts[0]))
            case FunctionUse() as use:
                return self._call(typed, use)
            case AggregateUse() as use:
                return compile_aggregate(typed, use, self.function, self.windows, Compiler)
            case Conversion.POINTS_TO_TICKS:
                return self._with_facts("points_as_ticks", points_as_ticks, self._parts(typed))
            case None:
                raise AssertionError("only nodes with a reference come here")

    def _named(self, value: Typed) -> Code:
        """Return the value of a `let`, held in a variable unless it is known at load."""
        code = self.compile(value)
        if code.is_constant or code.text.isidentifier():
            return code
        return self.function.hold(code.text, may_be_none=code.may_be_none)

    def _call(self, typed: Typed, use: FunctionUse) -> Code:
        parts, known = self._parts(typed), use.signature
        name = self.function.module.name_for(use.function, use.word)
        slots = ", ".join(["f"] * known.needs_facts + [f"{{{place}}}" for place in range(len(parts))])
        guarded = [
            Code(part.text, part.may_be_none and not parameter.takes_unknown, part.value)
            for part, parameter in zip(parts, known.parameters, strict=True)
        ]
        if known.needs_facts or not all(part.is_constant for part in parts):
            guarded = [Code(part.text, part.may_be_none) for part in guarded]
            if not guarded:
                return self.function.hold(f"{name}({slots})", may_be_none=known.may_be_unknown)
        return self.apply(f"{name}({slots})", guarded, use.function, may_be_none=known.may_be_unknown)

    def _with_facts(self, word: str, function: Any, parts: list[Code]) -> Code:
        """Return a call of a helper that reads the instrument from the facts; it may be unknown."""
        name = self.function.module.name_for(function, word)
        slots = ", ".join(["f", *(f"{{{place}}}" for place in range(len(parts)))])
        plain = [Code(part.text, part.may_be_none) for part in parts]
        return self.apply(f"{name}({slots})", plain, None, may_be_none=True)

    def _compare(self, typed: Typed, node: Compare) -> Code:
        month = own_month(typed)
        if month is not None:
            return compile_month(month, node.op == "!=", self.function)
        return self.apply(f"{{0}} {node.op} {{1}}", self._parts(typed), COMPARE[node.op])

    def _binary(self, typed: Typed, node: Binary) -> Code:
        parts = self._parts(typed)
        match node.op:
            case "*":
                name = self.function.module.name_for(multiply, "multiply")
                return self.apply(f"{name}({{0}}, {{1}})", parts, multiply)
            case "/":
                name = self.function.module.name_for(divide, "divide")
                exact = parts[1].is_constant and parts[1].value != 0
                return self.apply(f"{name}({{0}}, {{1}})", parts, divide, may_be_none=not exact)
            case _:
                return self._sum(typed, node, parts)

    def _sum(self, typed: Typed, node: Binary, parts: list[Code]) -> Code:
        left, right = typed.parts
        if left.kind == right.kind == kinds.PRICE:
            return self._with_facts("as_ticks", as_ticks, [self.apply("{0} - {1}", parts, None)])
        if left.kind == kinds.PRICE:
            distance = self.apply("-{0}", parts[1:], lambda value: -value) if node.op == "-" else parts[1]
            return self._with_facts("moved", moved, [parts[0], distance])
        fold = (lambda a, b: a + b) if node.op == "+" else (lambda a, b: a - b)
        return self.apply(f"{{0}} {node.op} {{1}}", parts, fold)


def _tuple(length: int) -> str:
    return f"({', '.join(f'{{{place}}}' for place in range(length))},)"
