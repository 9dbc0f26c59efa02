"""The status screen for each state, at the widths that people have: pictures to look at and to judge by eye."""

import io
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from cli.status_reading import read_status
from cli.views.look import Look
from cli.views.status_screen import status_screen

State = Callable[[str], dict[str, Any]]
CHICAGO, BERLIN = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin")


def draw(
    document: dict[str, Any],
    width: int,
    *,
    is_running: bool | None = None,
    is_drawn: bool = True,
    age: str = "3m 10s",
) -> str:
    status = read_status(document)
    if is_running is None:
        is_running = status.state != "stopping"
    console = Console(
        width=width, file=io.StringIO(), markup=False, emoji=False, highlight=False, force_terminal=False
    )
    look = Look(
        status.venue_time,
        width,
        CHICAGO,
        local=BERLIN,
        is_drawn=is_drawn,
        is_time_known=status.is_time_confirmed,
    )
    console.print(status_screen(status, look, is_running=is_running, age=age))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_state_looks_as_it_did(
    state_name: str, width: int, state_of: State, picture: SnapshotAssertion
) -> None:
    assert draw(state_of(state_name), width) == picture


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_dead_guard_looks_as_it_did(width: int, state_of: State, picture: SnapshotAssertion) -> None:
    assert draw(state_of("locked"), width, is_running=False) == picture


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(state_name: str, width: int, state_of: State) -> None:
    assert max(len(line) for line in draw(state_of(state_name), width).splitlines()) <= width


def test_a_terminal_without_block_characters_gets_ascii_only(state_name: str, state_of: State) -> None:
    text = draw(state_of(state_name), 80, is_drawn=False)

    assert text.replace("…", "").isascii()


def test_a_dead_guard_never_shows_that_trading_is_ok(state_of: State) -> None:
    text = draw(state_of("ok"), 80, is_running=False)

    assert "GUARD NOT RUNNING" in text
    assert "LAST KNOWN: OK TO TRADE" in text
    assert "live" not in text


def test_every_color_has_a_word_beside_it(state_of: State) -> None:
    text = draw(state_of("blind"), 80) + draw(state_of("warning"), 80) + draw(state_of("ladder_of_locks"), 80)

    for word in ("ok", "NEAR", "BROKEN", "UNKNOWN", "[LOCKED 18h 06m]"):
        assert word in text


def test_what_the_venue_writes_cannot_steer_the_terminal(state_of: State) -> None:
    text = draw(state_of("hostile"), 120)

    assert all(character.isprintable() or character == "\n" for character in text)
    assert "[bold red]OK[/bold]" in text, "brackets are shown as they are, not obeyed"
