"""A home with one recorded day, and a real browser to look at pages with."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

START = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
HOSTILE = "You hold 7 </script><script>document.title='owned'</script><b>&amp; {{ 7*7 }}"


def at(minutes: float) -> str:
    return (START + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


def fill(
    number: int, minutes: float, side: str, size: int, price: str, net: str, *, own: bool = False
) -> dict[str, Any]:
    return {
        "kind": "fill", "at": at(minutes), "account": "alice", "id": number, "name": "MNQZ6", "side": side,
        "size": size, "price": price, "net": net, "is_own": own, "voided": False,
    }  # fmt: skip


def trade(
    number: int, opened: float, closed: float, side: str, size: int, pnl: str, *, own: bool
) -> dict[str, Any]:
    return {
        "kind": "trade", "at": at(closed), "account": "alice", "id": number, "name": "MNQZ6", "side": side,
        "size": size, "opened_at": at(opened), "pnl": pnl, "is_own": own, "is_scratch": False, "voided": False,
    }  # fmt: skip


def sample(minutes: int, total: str, bid: str, ask: str, fraction: str) -> dict[str, Any]:
    gauge = {
        "name": "max_contracts", "subject": "", "title": HOSTILE, "value": "1", "limit": "5", "unit": "contracts",
        "label": "held", "color": "green", "fraction": fraction, "is_locked": False,
    }  # fmt: skip
    results = {"realized_pnl": total, "open_pnl": "0.00", "total_pnl": total, "equity": "50000.00"}
    return {
        "kind": "sample", "at": at(minutes), "account": "alice", "day": results, "verdict": "ok",
        "positions": {}, "marks": {"MNQZ6": [bid, ask]}, "rules": [gauge],
    }  # fmt: skip


def day_rows() -> list[dict[str, Any]]:
    """Two trades: one the trader's own, one of which the guard closed two of five contracts, long, at 21010."""
    return [
        {"kind": "contract", "at": at(0), "account": "alice", "name": "MNQZ6", "tick_size": "0.25", "tick_value": "0.50"},
        fill(1, 1, "buy", 1, "21000", "-0.37"),
        fill(2, 2, "sell", 1, "21005", "9.63"),
        trade(2, 1, 2, "buy", 1, "9.26", own=False),
        fill(3, 10, "buy", 2, "21012", "-0.74"),
        fill(4, 10.2, "sell", 2, "21010", "-8.74", own=True),
        trade(4, 10, 10.2, "buy", 2, "-9.48", own=True),
        sample(5, "9.26", "21004", "21004.25", "0.2"),
        sample(11, "-0.22", "21009", "21009.25", "1.4"),
        sample(20, "-0.22", "20995", "20995.25", "0"),
        sample(30, "-0.22", "21006", "21006.25", "0"),
    ]  # fmt: skip


def act_rows() -> list[dict[str, Any]]:
    common = {"schema": "risk.act/1", "account": "alice"}
    return [
        common | {"at": at(0), "kind": "clock_in", "text": "clocked in"},
        common | {"at": at(10.1), "kind": "breach", "rule": "max_contracts", "text": HOSTILE, "id": "d1"},
        common | {
            "at": at(10.1), "kind": "enforcement", "rules": ["max_contracts"], "id": "e1", "text": "close long 2 MNQZ6",
            "reason": HOSTILE, "progress": "proven", "flat_ms": 412,
        },
    ]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    root = tmp_path / "home"
    (root / "status" / "days").mkdir(parents=True)
    lines = "".join(f"{json.dumps({'schema': 'risk.day/1', **row})}\n" for row in day_rows())
    (root / "status" / "days" / "2026-11-24.jsonl").write_text(lines)
    (root / "status" / "enforcement.log").write_text("".join(f"{json.dumps(row)}\n" for row in act_rows()))
    return root


class Look:
    """One page as a browser shows it, and everything it complained about or asked the network for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as the system brings it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine: the pages were made but not looked at")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def look_at(browser: Any) -> Any:
    """Open an address in a window of a width, in light or dark."""

    @contextmanager
    def opened(width: int = 1000, scheme: str = "light") -> Iterator[Look]:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        try:
            yield Look(context.new_page())
        finally:
            context.close()

    return opened
