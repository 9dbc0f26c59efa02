"""Planting a mistake in the engine: one function's text with a small change, put in place of the real one everywhere."""

import importlib
import inspect
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).with_name("mutants")


@dataclass(frozen=True)
class Mutant:
    """A planted mistake: in the function at `place`, `old` becomes `new`. `seed`: where it was found last.

    `is_rare`: only many worlds find it, so it is looked for at night.
    """

    name: str
    about: str
    place: str
    old: str
    new: str
    seed: int
    is_rare: bool = False


def mutants() -> list[Mutant]:
    """Return all of them."""
    return [
        Mutant(path.stem, **yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    ]


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Run with the mistake in place, in every module that uses the function; put the real one back afterwards."""
    module_name, _, path = mutant.place.partition(":")
    module = importlib.import_module(module_name)
    owner, _, name = path.rpartition(".")
    holder = getattr(module, owner) if owner else module
    real = getattr(holder, name)
    text = textwrap.dedent(inspect.getsource(real))
    assert text.count(mutant.old) >= 1, f"{mutant.name}: {mutant.place} has changed, mend the mutant"
    scope = dict(vars(module))
    exec(compile(text.replace(mutant.old, mutant.new), f"<{mutant.name}>", "exec"), scope)  # noqa: S102
    users = [holder] if owner else [m for m in list(sys.modules.values()) if getattr(m, name, None) is real]
    fake = _in_module(scope[name], module)
    for user in users:
        setattr(user, name, fake)
    try:
        yield
    finally:
        for user in users:
            setattr(user, name, real)


def _in_module(function: Callable[..., object], module: object) -> Callable[..., object]:
    """Return the function with the module's own globals, so that it sees other changes there."""
    twin = type(function)(function.__code__, vars(module), function.__name__, function.__defaults__)
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


@pytest.fixture
def plant() -> Callable[[Mutant], AbstractContextManager[None]]:
    return planted


@pytest.fixture
def one_too_few() -> Mutant:
    return next(mutant for mutant in mutants() if mutant.name == "reduces_one_too_few")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the worlds of this run showed: which faults struck, and which world found which planted mistake."""
    tables: dict[str, list[str]] = {}
    for report in terminalreporter.getreports("passed"):
        for name, row in getattr(report, "user_properties", ()):
            if name.startswith("sim:") and report.when == "call":
                tables.setdefault(name.removeprefix("sim:"), []).append(row)
    for title, rows in tables.items():
        terminalreporter.write_sep("-", title)
        for row in rows:
            terminalreporter.write_line(row)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "mutant" in metafunc.fixturenames:
        night = pytest.mark.nightly
        each = [pytest.param(one, id=one.name, marks=night if one.is_rare else ()) for one in mutants()]
        metafunc.parametrize("mutant", each)


@pytest.fixture
def is_nightly() -> bool:
    """Whether the long forms of the tests are wanted."""
    return os.environ.get("RISK_NIGHTLY") == "1"
