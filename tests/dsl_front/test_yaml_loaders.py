"""PyYAML's compiled scanner and its plain one lead to the same words: the compiled one is missing on some machines."""

from pathlib import Path

import pytest
import yaml

from dsl import yaml_events, yaml_read
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.rule_document import read_rule

SAMPLES = Path(__file__).parents[1] / "dsl_golden" / "samples"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.yaml"))} | {
    "unclosed brace": "a: {b: 1\n",
    "unclosed bracket": "a: [b\nc: d\n",
    "word between brackets": 'a: [b "c"]\n',
    "lonely bracket": "a: ]\n",
    "at sign": "a: @b\n",
    "back quote": "a: `b`\n",
    "percent": "a: %b\n",
    "directive": "%TAG x\na: b\n",
    "directive in the middle": "a: b\n%X\nc: d\n",
    "star": "a: * b\n",
    "two ampersands": "a: && b\n",
    "tag handle": "a: !x!y b\n",
    "quote and more": 'a: "b" == c\n',
    "list and more": "a: [b] + c\n",
    "escape": 'a: "b\\qc"\n',
    "escape at the end": '"\\',
    "comma": "a: , b\n",
    "minus": "a: - b\n",
    "text that goes on": "a: b\nc\nd: e\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_both_scanners_lead_to_the_same_words(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for loader in (yaml_events.LOADER, yaml.SafeLoader):
        monkeypatch.setattr(yaml_events, "LOADER", loader)
        monkeypatch.setattr(yaml_read, "LOADER", loader)
        problems: list[Problem] = []
        read_rule(Source("rulesets/demo/a.yaml", text), problems)
        said.append(render_text(problems))

    assert said[0] == said[1]
