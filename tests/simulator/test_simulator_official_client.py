"""Both hubs heard with the official JavaScript client, which is stricter than ours. Needs RISK_TEST_JS_CLIENT=1."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

ACCOUNT = 9120345
MNQ = "CON.F.US.MNQ.Z26"
USER_EVENTS = [f"GatewayUser{name}" for name in ("Account", "Order", "Position", "Trade")]
EVENTS = [*USER_EVENTS, "GatewayQuote", "GatewayTrade", "GatewayDepth", "GatewayLogout"]


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    if os.environ.get("RISK_TEST_JS_CLIENT") != "1":
        pytest.skip("RISK_TEST_JS_CLIENT is not 1: installing the official client needs npm and the network")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed here")
    command = [npm, "install", "--prefix", str(tmp_path), "@microsoft/signalr@8"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        pytest.skip(f"npm cannot install @microsoft/signalr: {done.stderr.strip()[-200:]}")
    return tmp_path / "node_modules"


def test_the_official_client_connects_subscribes_and_hears_every_event(
    sim: SimulatorProcess, api: Any, node_modules: Path
) -> None:
    script = Path(__file__).with_name("official_client.mjs")
    hubs = [sim.user_hub, sim.market_hub, api.token, str(ACCOUNT), MNQ, ",".join(EVENTS)]
    command = ["node", str(script), str(node_modules), *hubs]
    heard: list[dict[str, Any]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        for line in client.stdout:
            heard.append(json.loads(line))
            if heard[-1]["target"] == "ready":
                sim.place(ACCOUNT, "MNQ", "buy", 1)
            if {row["target"] for row in heard} >= set(EVENTS) - {"GatewayLogout"}:
                sim.control("/sim/faults/logout", {"keep_tokens": True})

    assert client.returncode == 0, heard[-1]
    by_target = {row["target"]: row["args"] for row in heard}
    assert all(set(by_target[target][0]) == {"action", "data"} for target in USER_EVENTS)
    assert by_target["GatewayQuote"][0] == MNQ
    assert "Method does not exist" in by_target["error"][0]
