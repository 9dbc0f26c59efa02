"""`and` and `or` with three values: false and unknown is false, true or unknown is true."""

from collections.abc import Callable, Sequence

from dsl.compile_source import Code, Function
from dsl.typed import Typed


def compile_logic(
    op: str, parts: Sequence[Typed], function: Function, compile_part: Callable[[Typed], Code]
) -> Code:
    """Return the joined conditions. An operand that can no longer matter is not even read."""
    decides = op == "or"  # the answer of one operand that settles the whole
    result = compile_part(parts[0])
    own = ""  # the variable that collects the answer, once there is one
    for part in parts[1:]:
        if result.is_constant and result.value is decides:
            return result
        if result.is_constant:
            result = compile_part(part)
            continue
        if not own:
            own = function.fresh("both" if op == "and" else "either")
            function.write(f"{own} = {result.text}")
        result = _joined(op, Code(own, result.may_be_none), part, function, compile_part)
    return result


def _joined(
    op: str, left: Code, part: Typed, function: Function, compile_part: Callable[[Typed], Code]
) -> Code:
    function.write(f"if {left.text} is not {op == 'or'}:")
    function.indent()
    right = compile_part(part)
    function.write(f"{left.text} = {_combined(op, left, right)}")
    function.dedent()
    return Code(left.text, left.may_be_none or right.may_be_none)


def _combined(op: str, left: Code, right: Code) -> str:
    """Return the answer when the left operand has not settled it: true or unknown for `and`."""
    if not left.may_be_none:
        return right.text
    if op == "and":
        if not right.may_be_none:
            return f"{left.text} if {right.text} else False"
        return f"{right.text} if {left.text} else (False if {right.text} is False else None)"
    return f"True if {right.text} else ({right.text} if {left.text} is False else None)"
