"""`risk why`: enforcements of the shipped rules, brought about by their own tests, each told from the log alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import dsl.rule_tests.world as rule_world
from cli.app import run
from dsl.rule_tests.runner import run_tests
from engine.enforcement import Progress
from engine.events import Event
from engine.outcome import Decision, DecisionKind, Outcome
from engine.rule import RuleSet
from engine.state import State
from service.acts import Acts
from service.guarded import Guarded
from service.home import Home
from service.wording import in_words

RULESETS = Path(__file__).resolve().parents[2] / "rulesets"
PACKS = ("starter", "examples", "topstep-combine-50k", "topstep-xfa-50k")


@dataclass(frozen=True)
class Enforced:
    """One enforcement as the engine knew it, with the breach behind it."""

    account: str
    id: str
    breach: Decision
    rule: str
    moment: str


class Teller:
    """Stands between a rule's test and the engine, and writes the trader's log as the daemon would."""

    def __init__(self, home: Home) -> None:
        home.status_folder.mkdir(parents=True)
        self.acts = Acts(home.acts, 50_000_000, 3)
        self.real = rule_world.step
        self.found: dict[str, Enforced] = {}
        self.cases = 0
        self.breaches: dict[tuple[str, str], Decision] = {}

    def step(self, state: State, event: Event, rules: RuleSet) -> tuple[State, Outcome]:
        after, outcome = self.real(state, event, rules)
        if not state.serial and not state.now:
            self.cases += 1
        account = Guarded(f"case{self.cases}", 1, "main", "enforce", rules, after)
        self.acts.told(account, outcome)
        self._note(account, outcome)
        return after, outcome

    def _note(self, account: Guarded, outcome: Outcome) -> None:
        for decision in outcome.decisions:
            if decision.kind is DecisionKind.BREACH:
                self.breaches[account.name, decision.rule] = decision
        for one in outcome.enforcements.values():
            breach = self.breaches.get((account.name, one.reasons[0].rule)) if one.reasons else None
            if (
                one.progress is Progress.PROVEN
                and not one.is_reentry
                and breach
                and breach.at == one.detected_at
            ):
                kind = f"{account.rules.name} {breach.rule} {breach.tier}"
                moment = account.rules.settings.calendar.say(one.detected_at, one.detected_at)
                self.found.setdefault(kind, Enforced(account.name, one.id, breach, breach.rule, moment))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Enforced]]:
    home = tmp_path_factory.mktemp("home")
    teller, patch = Teller(Home(home)), pytest.MonkeyPatch()
    patch.setattr(rule_world, "step", teller.step)
    for pack in PACKS:
        run_tests(RULESETS / pack)
    patch.undo()
    teller.acts.close()
    return home, teller.found


def test_twenty_different_enforcements_name_value_limit_and_time_from_the_log_alone(
    played: tuple[Path, dict[str, Enforced]], capsys: pytest.CaptureFixture[str]
) -> None:
    home, found = played
    missing = {}
    for kind, one in found.items():
        assert run(["why", one.id, "--account", one.account, "--home", str(home)]) == 0
        said = capsys.readouterr().out
        wanted = [one.rule, one.moment.split()[-2] if " " in one.moment else one.moment, "proof", "facts"]
        if one.breach.unit:
            value, limit = (
                in_words(amount, one.breach.unit) for amount in (one.breach.value, one.breach.limit)
            )
            wanted.append(f"{value} against a limit of {limit}")
        lacks = [text for text in wanted if text not in said]
        if lacks:
            missing[kind] = (lacks, said)

    print(f"{len(found)} enforcements: {', '.join(sorted(found))}")  # noqa: T201
    assert not missing
    assert len(found) >= 20
    assert not (home / "data").exists(), "there is no store to read"


def test_json_holds_the_lines_of_the_log(played: tuple[Path, dict[str, Enforced]], capsys: Any) -> None:
    import json

    home, found = played
    one = found["starter max_contracts "]
    assert run(["why", one.id, "--account", one.account, "--json", "--home", str(home)]) == 0
    told = json.loads(capsys.readouterr().out)

    assert told["schema"] == "risk.why/1"
    assert told["cause"]["value"] == in_words(one.breach.value, one.breach.unit)
    assert told["enforcement"]["progress"] == "proven"


def test_what_is_neither_an_act_nor_a_rule_is_told_so(
    played: tuple[Path, dict[str, Enforced]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", "E99999", "--home", str(played[0])]) in {2, 5}
    assert "Traceback" not in capsys.readouterr().err
