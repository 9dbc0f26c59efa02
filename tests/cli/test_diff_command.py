"""`risk diff` on shipped packs: the larger account is allowed more, and the judge says of every figure whether it is."""

import json
from pathlib import Path

import pytest

from cli.app import run

PACKS = Path(__file__).resolve().parents[2] / "rulesets"


def test_a_larger_plan_is_looser_figure_by_figure(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["diff", str(PACKS / "topstep-combine-50k"), str(PACKS / "topstep-combine-100k"), "--json"])

    verdicts = {row["what"]: row["verdict"] for row in json.loads(capsys.readouterr().out)["changes"]}
    assert code == 1
    assert verdicts == {
        "best_day.allowance": "looser",
        "daily_loss_limit.limit": "looser",
        "max_contracts.limit": "looser",
        "max_loss_limit.allowance": "looser",
        "max_loss_limit.reserve": "stricter",
        "personal_daily_loss.limit": "looser",
        "ruleset.yaml: ruleset": "neutral",
    }


def test_a_ruleset_that_does_not_differ_is_said_not_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", str(PACKS / "starter"), str(PACKS / "starter")]) == 0
    assert "No difference." in capsys.readouterr().err
