"""Calls of functions: how many arguments, of which kinds, and what comes out."""

from dsl import kinds
from dsl.check_context import Context
from dsl.check_mismatch import EXAMPLES
from dsl.check_units import as_ticks, fits
from dsl.functions import FUNCTIONS
from dsl.kinds import Kind, is_list, list_of
from dsl.nodes import Call
from dsl.signature import Parameter, Signature, signature
from dsl.typed import FunctionUse, Typed


def infer_call(node: Call, arguments: tuple[Typed, ...], context: Context) -> Typed:
    """Return a call of a function in the table with the kind of its result."""
    function = FUNCTIONS[node.function]
    known = signature(function)
    use = FunctionUse(node.function, function, known)
    wanted = len(known.parameters)
    if len(arguments) != wanted:
        names = ", ".join(parameter.name for parameter in known.parameters)
        context.report(
            "E306",
            f"`{node.function}` takes {_number(wanted)}, here {_are(len(arguments))}",
            node.span,
            help=f"write `{node.function}({names})`",
        )
        return Typed(node, kinds.ANY)
    bound: dict[str, Kind] = {}
    passed = tuple(
        _argument(node, parameter, argument, known, bound, context)
        for parameter, argument in zip(known.parameters, arguments, strict=True)
    )
    return Typed(node, _resolved(known.result, known, bound), passed, use)


def _number(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _are(count: int) -> str:
    return "there is 1" if count == 1 else f"there are {count}"


def _argument(
    node: Call, parameter: Parameter, given: Typed, known: Signature, bound: dict[str, Kind], context: Context
) -> Typed:
    """Return the argument in the kind the function wants; report one that does not fit."""
    wanted, kind = parameter.kind, given.kind
    if is_list(wanted) and wanted.of is not None:
        if kind == kinds.ANY:
            return given
        if not is_list(kind) or kind.of is None:
            _report(node, given, f"needs a list here, and this is {kind}", "write it as `[…]`", context)
            return given
        wanted, kind = wanted.of, kind.of
        inner = _resolved(wanted, known, bound)
        if wanted.name in known.variables and wanted.name not in bound:
            _bind(wanted.name, kind, bound)
        elif kind not in (inner, kinds.ANY) and kind not in kinds.WILD and inner not in kinds.WILD:
            _report(node, given, f"needs a {list_of(inner)} here, and this is a {given.kind}", "", context)
        return given
    if wanted.name not in known.variables:
        return _fixed(node, wanted, given, context)
    return _variable(node, wanted, given, known, bound, context)


def _fixed(node: Call, wanted: Kind, given: Typed, context: Context) -> Typed:
    if not fits(given, wanted):
        example = f"write it as {wanted}, for example `{EXAMPLES[wanted]}`" if wanted in EXAMPLES else ""
        _report(node, given, f"needs {wanted} here, and this is {given.kind}", example, context)
    return as_ticks(given, context) if wanted == kinds.TICKS else given


def _variable(
    node: Call, wanted: Kind, given: Typed, known: Signature, bound: dict[str, Kind], context: Context
) -> Typed:
    """Check an argument of any kind: the first decides, the others must be of the same."""
    if wanted.name in known.amounts and given.kind not in kinds.ORDERED | kinds.WILD:
        _report(node, given, f"needs an amount here, and this is {given.kind}", "", context)
        return given
    inner = bound.get(wanted.name)
    if inner is None or inner in kinds.WILD:
        _bind(wanted.name, given.kind, bound)
        return given
    if inner == kinds.TICKS and given.kind == kinds.POINTS:
        return as_ticks(given, context)
    if not fits(given, inner):
        example = f"write it as {inner}, for example `{EXAMPLES[inner]}`" if inner in EXAMPLES else ""
        _report(
            node, given, f"needs {inner} here, like the first, and this is {given.kind}", example, context
        )
    return given


def _bind(name: str, kind: Kind, bound: dict[str, Kind]) -> None:
    bound[name] = kind


def _resolved(kind: Kind, known: Signature, bound: dict[str, Kind]) -> Kind:
    return bound.get(kind.name, kinds.ANY) if kind.name in known.variables else kind


def _report(node: Call, given: Typed, what: str, help_text: str, context: Context) -> None:
    context.report("E204", f"`{node.function}` {what}", given.span, f"this is {given.kind}", help=help_text)
