"""A venue, and a home in order that uses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.simulator.child import SimulatorProcess

ALICE = 9120345


@pytest.fixture
def venue() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


@pytest.fixture
def home(tmp_path: Path, venue: SimulatorProcess) -> Path:
    root = tmp_path / "home"
    for name in ("accounts", "secrets", "data"):
        (root / name).mkdir(parents=True)
    (root / "settings.yaml").write_text(
        f"gateways:\n  sim:\n    api: {venue.api}\n    user_hub: {venue.user_hub}\n"
        f"    market_hub: {venue.market_hub}\nlogins:\n  main:\n    gateway: sim\n    user_name: demo\n"
    )
    key = root / "secrets/main.key"
    key.write_text("demo-key")
    key.chmod(0o600)
    (root / "accounts/alice.yaml").write_text(f"id: {ALICE}\nlogin: main\nmode: enforce\nruleset: starter\n")
    (root / "data/password").write_text("hash")
    (root / "data/password").chmod(0o600)
    return root
