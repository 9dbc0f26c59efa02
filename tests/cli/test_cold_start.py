"""`risk status` is asked for often: it starts fast, and loads nothing that it does not show."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

NOT_NEEDED = {
    "typer", "pydantic", "requests", "urllib3", "lark", "signalrcore", "websocket", "sqlite_utils", "sqlite3",
    "jsonschema", "yaml", "aiohttp", "asyncio", "croniter", "argon2"
}  # fmt: skip


@pytest.mark.parametrize("option", [[], ["--json"], ["--check"]])
def test_status_loads_nothing_heavy(home_with: Callable[..., Path], option: list[str]) -> None:
    home = home_with("ok")
    code = (
        "import sys; from cli.app import run; "
        f"code = run({['status', '--home', str(home), *option]!r}); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert NOT_NEEDED.isdisjoint(ended.stderr.split())


def test_a_cold_status_costs_little_more_than_python_itself(home_with: Callable[..., Path]) -> None:
    """Goal P7: at most 15 times `python -c pass`, and at most 300 ms above it. The fastest of seven runs counts."""
    home = home_with("locked", age=-8)

    bare = fastest("-c", "pass")
    status = fastest("-m", "cli", "status", "--home", str(home))

    assert status <= 15 * bare
    assert status - bare <= 0.3


def fastest(*arguments: str) -> float:
    times = []
    for _ in range(7):
        start = perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, timeout=60, check=True)
        times.append(perf_counter() - start)
    return min(times)
