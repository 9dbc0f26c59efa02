"""A simulator as a child process: for tests and for the demo."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

START_SECONDS = 20.0
STOP_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[2]


class SimulatorError(Exception):
    """The simulator did not start, or the control door refused; the text says why."""


class SimulatorProcess:
    """Runs a venue for as long as the `with` block lasts. It also stops if this process dies."""

    def __init__(
        self,
        world: str = "still",
        *,
        seed: int = 1,
        port: int = 0,
        start: str | None = None,
        speed: float = 1.0,
        recording: Path | None = None,
    ) -> None:
        arguments = ["--world", world, "--seed", str(seed), "--port", str(port), "--speed", str(speed)]
        arguments += ["--start", start] if start else []
        arguments += ["--recording", str(recording)] if recording else []
        # Not a pipe: one that nobody reads would in the end stop the child.
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._process = subprocess.Popen(  # noqa: S603 - our own program with our own arguments
            [sys.executable, "-m", "connectors.simulator", "--until-stdin-closes", *arguments],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self._http = requests.Session()
        self._http.trust_env = False
        self.info = self._first_line()
        self.api: str = self.info["api"]
        self.user_hub: str = self.info["user_hub"]
        self.market_hub: str = self.info["market_hub"]
        self.user_name: str = self.info["userName"]
        self.api_key: str = self.info["apiKey"]
        self.accounts: list[int] = self.info["accounts"]
        self.contracts: list[str] = self.info["contracts"]

    def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the control door, such as path /sim/price, and return its answer. Raises SimulatorError if it refuses."""
        answer = self._http.post(self.api + path, json=body or {}, timeout=30)
        told: dict[str, Any] = json.loads(answer.text, parse_float=Decimal) if answer.text else {}
        if answer.status_code != 200:
            raise SimulatorError(f"{path}: {told.get('error', answer.status_code)}")
        return told

    def place(self, account: int, contract: str, side: str, size: int, **more: Any) -> dict[str, Any]:
        """Trade at the platform's own screen; `more` is limit, stop, stopTicks, targetTicks."""
        wanted = {"account": account, "contract": contract, "side": side, "size": size}
        return self.control("/sim/trade", wanted | more)

    def price(self, contract: str, price: float | str, *, moving: bool = False) -> None:
        """Let the market of a contract jump to `price`."""
        self.control("/sim/price", {"contract": contract, "price": float(price), "moving": moving})

    def state(self, account: int) -> dict[str, Any]:
        """Return the truth about one account: account, positions, orders, trades, flat, working, suspended."""
        return self.control("/sim/state", {"account": account})

    def wait_until(
        self, condition: Callable[[dict[str, Any]], object], account: int, seconds: float = 5.0
    ) -> None:
        """Wait until `condition(state of the account)` holds. Raises SimulatorError if it never does."""
        deadline = time.monotonic() + seconds
        while not condition(told := self.state(account)):
            if time.monotonic() > deadline:
                raise SimulatorError(f"{seconds} s have passed; account {account} is {told}")
            time.sleep(0.02)

    def errors(self) -> str:
        """Return what the venue has written to its standard error: nothing, if all is well."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def close(self) -> None:
        """Stop the venue, at once if it does not listen."""
        self._http.close()
        self._process.terminate()
        try:
            self._process.communicate(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._errors.close()

    def __enter__(self) -> "SimulatorProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _first_line(self) -> dict[str, Any]:
        lines: list[bytes] = []
        output = self._process.stdout
        if output is None:
            raise SimulatorError("the simulator has no output")
        # A pipe cannot be read with a time limit on every platform; a thread can be waited for with one.
        reader = threading.Thread(target=lambda: lines.append(output.readline()), daemon=True)
        reader.start()
        reader.join(START_SECONDS)
        if lines and lines[0].strip():
            told: dict[str, Any] = json.loads(lines[0])
            return told
        self._process.kill()
        self._process.communicate()
        told_errors = self.errors().strip()
        self._errors.close()
        self._http.close()
        raise SimulatorError(told_errors or "the simulator said nothing")
