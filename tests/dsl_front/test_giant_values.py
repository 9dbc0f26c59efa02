"""A value that nobody could read is refused before anything is made of it."""

import pytest

from dsl.limits import SCALAR_CHARACTERS
from dsl.problems import Problem, Source
from dsl.yaml_read import read_yaml


@pytest.mark.parametrize("form", ["title: {}", "title: '{}'", "title: >\n  {}", "{}: t", "title: [a, {}]"])
def test_a_giant_value_is_refused_where_it_stands(form: str) -> None:
    problems: list[Problem] = []

    assert read_yaml(Source("r.yaml", form.format("x" * (SCALAR_CHARACTERS + 1))), problems) is None

    assert [problem.code for problem in problems] == ["E011"]
    assert "characters" in problems[0].message


def test_a_value_of_the_largest_size_is_taken() -> None:
    problems: list[Problem] = []

    assert read_yaml(Source("r.yaml", f"title: {'x' * SCALAR_CHARACTERS}"), problems) is not None

    assert not problems
