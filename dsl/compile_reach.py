"""How far away a stop may be, compiled: a function of what is known at that moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dsl import kinds
from dsl.compile_expr import Compiler
from dsl.compile_source import Function, Module
from dsl.compile_windows import Windows
from dsl.typed import Typed
from engine.facts import Facts
from engine.settings import Reach, Settings


def with_reach(settings: Settings, reach: Typed, read: Callable[[Facts], Any]) -> Settings:
    """Return settings in which stops further away than an expression says do not count."""
    unit = "money" if reach.kind == kinds.MONEY else "ticks"
    return replace(
        settings, stops=replace(settings.stops, max_distance=Reach(unit, lambda view: read(Facts(view))))
    )


def alone(reach: Typed) -> Callable[[Facts], Any]:
    """Return the function of an expression that belongs to no rule."""
    module = Module()
    function = Function(module, "reach")
    return module.load(function.finish(Compiler(function, Windows(module)).compile(reach).text))
