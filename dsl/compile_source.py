"""Writing Python: pieces of code, functions with cached reads, and the module that holds them in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dsl.typed import Table


class NotConstant:
    """What the value of a piece of code is that must be worked out at run time."""


NOT_CONSTANT: Final = NotConstant()


@dataclass(frozen=True, slots=True)
class Code:
    """An expression in Python. One that `may_be_none` (unknown) is always a plain name, so that it can be asked."""

    text: str
    may_be_none: bool = False
    value: Any = NOT_CONSTANT

    @property
    def is_constant(self) -> bool:
        return self.value is not NOT_CONSTANT


@dataclass(slots=True)
class Module:
    """The generated source of one rule and the objects it uses by name."""

    functions: list[str] = field(default_factory=list)
    objects: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    space: dict[str, Any] = field(default_factory=dict)
    loaded: int = 0

    def name_for(self, value: Any, hint: str) -> str:
        """Return the name under which generated code finds an object: tables in capitals, so that no variable hides one."""
        for name, known in self.objects.items():
            if known is value or (isinstance(value, frozenset | dict) and known == value):
                return name
        hint = hint if callable(value) else hint.upper()
        name, number = hint, 1
        while name in self.objects:
            number += 1
            name = f"{hint}_{number}"
        self.objects[name] = value
        return name

    def source(self) -> str:
        """Return the source as a person may read it, tables written out."""
        tables = [
            f"{name} = {_shown(value)}"
            for name, value in self.objects.items()
            if isinstance(value, Mapping | frozenset)
        ]
        return "\n\n\n".join(part for part in ("\n".join(tables), *self.functions) if part) + "\n"

    def load(self, name: str) -> Callable[..., Any]:
        """Return a function of the module, made in memory. The source comes from checked nodes only, never from text."""
        fresh = "\n\n".join(self.functions[self.loaded :])
        self.loaded = len(self.functions)
        self.space.update(self.objects)
        exec(compile(fresh, "<rule>", "exec"), self.space)  # noqa: S102
        function: Callable[..., Any] = self.space[name]
        return function


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return repr(dict(value))
    return f"frozenset({sorted(value, key=str)!r})"


class Function:
    """One function while it is being written: its lines, and what has been read so far in reach of them."""

    def __init__(self, module: Module, name: str, parameters: str = "f") -> None:
        self.module, self.name, self.parameters = module, name, parameters
        self.lines: list[str] = []
        self.depth = 1
        self.first: list[str] = []
        self.settled: dict[Any, Code] = {}
        self.reach: list[dict[Any, Code]] = [self.settled, {}]
        self.temporaries = 0

    def write(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    def hold(self, text: str, *, may_be_none: bool) -> Code:
        """Write an assignment and return the name that holds the value."""
        name = self.fresh("v")
        self.write(f"{name} = {text}")
        return Code(name, may_be_none)

    def fresh(self, hint: str) -> str:
        """Return a name for a variable that no other one of the function has."""
        self.temporaries += 1
        return f"{hint}{self.temporaries}"

    def cached(self, key: Any, make: Callable[[], Code]) -> Code:
        """Return what has been worked out before in reach of this line, or work it out now."""
        for known in self.reach:
            if key in known:
                return known[key]
        code = make()
        self.reach[-1][key] = code
        return code

    def hoisted(self, key: Any, make: Callable[[], Code]) -> Code:
        """Return a named value, worked out once, before everything else of the function.

        Inside a branch it would be written again in the next one, and names made of names would double each time.
        """
        if key in self.settled:
            return self.settled[key]
        outside = self.lines, self.depth, self.reach
        self.lines, self.depth, self.reach = [], 1, [self.settled, {}]
        code = make()
        self.first += self.lines
        self.settled.update(self.reach[1])
        self.settled[key] = code
        self.lines, self.depth, self.reach = outside
        return code

    def indent(self) -> None:
        self.depth += 1
        self.reach.append({})

    def dedent(self) -> None:
        self.depth -= 1
        self.reach.pop()

    def finish(self, result: str) -> str:
        """Write the return, hand the function to the module and return its name there.

        A function that does the same as an earlier one is not written again.
        """
        self.write(f"return {result}")
        body = "\n".join([f"({self.parameters}):", *self.first, *self.lines])
        if body not in self.module.names:
            name = f"{self.name}_{len(self.module.names) + 1}"
            self.module.names[body] = name
            self.module.functions.append(f"def {name}{body}")
        return self.module.names[body]


def constant(value: Any, module: Module, hint: str = "value") -> Code:
    """Return a value known at load as code."""
    if isinstance(value, bool) or value is None:
        return Code(repr(value), False, value)
    if isinstance(value, int):
        return Code(f"{value:_}", False, value)
    if isinstance(value, str):
        return Code(repr(value), False, value)
    if isinstance(value, tuple) and all(isinstance(entry, int | str) for entry in value):
        return Code(repr(value), False, value)
    if isinstance(value, Table):
        return Code(module.name_for(value.rows, hint), False, value)
    return Code(module.name_for(value, hint), False, value)
