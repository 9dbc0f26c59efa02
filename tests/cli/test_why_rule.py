"""`risk why RULE`: why a rule did not act, from the published status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.app import run
from dsl.pipeline import load_ruleset
from engine.events import Link
from engine.state import LinkState, State
from engine.units import SECOND, Instant, Money, Price
from engine.venue import AccountStatus, Position
from service.alarms import Alarms
from service.clock import TrustedClock
from service.guarded import Guarded
from service.publish import Publisher
from service.store.audit import GENESIS
from service.store.ends import Ends

ROOT = Path(__file__).resolve().parents[2]
NOON = Instant(1_794_927_600 * SECOND)
MNQ = "CON.F.US.MNQ.Z26"


def publish(home: Path, *, is_live: bool = True, is_confirmed: bool = True) -> None:
    loaded = load_ruleset(ROOT / "rulesets" / "starter")
    assert loaded.ruleset is not None
    links = {link: LinkState(is_live, Instant(NOON - 60 * SECOND)) for link in Link}
    state = State(
        7,
        now=NOON,
        digest=loaded.ruleset.digest,
        links=links,
        synced_at=Instant(NOON - 4 * SECOND),
        is_confirmed=is_confirmed,
        status=AccountStatus("V7", Money(0), can_trade=True, simulated=True),
        positions={MNQ: Position(MNQ, 3, Price(1), NOON)},
    )
    clock = TrustedClock(NOON)
    account = Guarded("alice", 7, "main", "enforce", loaded.ruleset, state, is_begun=True)
    (home / "status").mkdir(exist_ok=True)
    ends = Ends(0, GENESIS, 0, GENESIS)
    publisher = Publisher(home / "status" / "status.json", [account], clock, Alarms(clock.now), lambda: ends)
    publisher.enter("running")
    schema = json.loads((ROOT / "schemas" / "status.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(publisher.document())


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def tell(*words: str, **how: Any) -> str:
        publish(tmp_path, **how)
        assert run(["why", *words, "--home", str(tmp_path)]) == 0
        return capsys.readouterr().out

    return tell


def test_a_rule_that_did_not_act_names_value_limit_what_is_left_and_what_would_make_it_act(
    told: Callable[..., str],
) -> None:
    lines = {line.split("  ")[0].strip(): line.strip() for line in told("max_contracts").splitlines()}

    assert lines["now"].endswith("within its limit")
    assert lines["value"].split()[1:3] == ["3", "contracts"]
    assert lines["limit"].split()[1] == "5"
    assert lines["left"].endswith("2 contracts to the limit")
    assert "contracts held" in lines["acts when"]


def test_the_age_of_the_inputs_is_told_and_a_dead_stream_stands_out(told: Callable[..., str]) -> None:
    assert "positions: confirmed 4.0 s ago, changes come live" in told("max_contracts")
    assert "positions: confirmed 4.0 s ago, NOT live" in told("max_contracts", is_live=False)
    assert "positions: never heard" in told("max_contracts", is_confirmed=False)


def test_json_is_the_row_of_the_status(told: Callable[..., str]) -> None:
    row = json.loads(told("max_contracts", "--json"))

    assert (row["schema"], row["account"], row["rule"]["distance"]) == ("risk.why/1", "alice", "2 contracts")


def test_an_unknown_rule_is_answered_with_those_that_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path)

    assert run(["why", "max_contrcts", "--home", str(tmp_path)]) == 2
    assert "max_contracts" in capsys.readouterr().err
