"""Whatever text arrives, the answer is problems with places in that text, never an exception and never a parser's word."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dsl.nodes import Bad
from dsl.parse import parse_expression
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.render_formats import render_github, render_json
from dsl.rule_document import read_rule
from dsl.ruleset_document import read_lists, read_ruleset

_INNER_WORDS = re.compile(
    r"Token\(|Traceback|\$END|RPAR|LPAR|RSQB|LSQB|TIMERANGE|__ANON|_MINUS|NoneType|dict|yaml\.|block mapping|scalar"
)
_PIECES = [
    "rule", "title", "mode", "scope", "when", "then", "params", "let", "tiers", "name", "warn", "message", "reset",
    "cron", "tz", "gauge", "value", "limit", "stops", "exceptions", "symbols", "until", "sessions", "default", "dsl",
    "days", "hours", ": ", ":", "\n", "\n  ", "\n    ", "- ", "{", "}", "[", "]", ", ", ",", "#", " # ", ">", ">\n",
    "|", "'", '"', "&x ", "*x", "!!int ", "<<", "---\n", "%", "@", "`", "\t", "\\", "$500", "500$", "5 contracts",
    "15m", "40%", "08:30..15:00", "2025-12-24", "ES", "[ES, NQ]", "day.realized_loss", ">=", "==", "=", "&&", "and",
    "not ", "count(entries over last 1h)", "(", ")", "over ", "flatten", "account", "off", "\u00e9", "\u2265", "0",
]  # fmt: skip

soup = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)
texts = st.one_of(st.text(max_size=60), soup)


def assert_told_well(problems: list[Problem], source: Source) -> None:
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(source.text)
        assert re.fullmatch(r"[EW]\d{3}", problem.code)
        assert problem.message
        assert problem.help
        words = f"{problem.message} {problem.label} {problem.help}".replace(problem.span.text, "")
        assert not _INNER_WORDS.search(words)
        assert problem.help.count("\n") <= 1
    for line in render_text(problems).split("\n"):
        assert line == line.rstrip()
        assert line.isprintable() or "\u00a0" in line or not line.isascii()
    render_json(problems)
    render_github(problems)


@settings(max_examples=500, deadline=None)
@given(texts)
@example("")
@example("\ufeff")
@example("a: [\n")
@example("? \n")
@example("? a\n? a\n")
@example("rule: a\nthen:\n  - {}\n  - [a]\n  -\n")
@example("params: {a: {value: }, b: {days: [x, [y]], hours: {}}}\n")
@example("a: >9\n  b\n")
@example("a: |\n")
def test_a_rule_file_of_any_text_is_answered(text: str) -> None:
    source, problems = Source("a.yaml", text), list[Problem]()
    document = read_rule(source, problems)

    assert_told_well(problems, source)
    assert problems or document is not None


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_ruleset_and_its_lists_of_any_text_are_answered(text: str) -> None:
    source, problems = Source("ruleset.yaml", text), list[Problem]()
    read_ruleset(source, problems)
    read_lists(source, problems)

    assert_told_well(problems, source)


@settings(max_examples=500, deadline=None)
@given(texts)
@example("a.")
@example("1.")
@example("$")
@example('"')
@example("5 contracts contracts")
@example("unlimited.x")
def test_an_expression_of_any_text_is_answered(text: str) -> None:
    source, problems = Source("a.yaml", text), list[Problem]()
    node = parse_expression(source, 0, len(text), problems)

    assert_told_well(problems, source)
    assert bool(problems) or not isinstance(node, Bad)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b",
                "5",
                "$5",
                "(",
                ")",
                "[",
                "]",
                ",",
                "and",
                "or",
                "not",
                "in",
                "==",
                "<",
                "+",
                "-",
                "*",
                "over",
                "last",
                "1h",
                "of",
                "where",
                "since",
            ]
        ),
        max_size=14,
    )
)
def test_an_expression_of_any_words_is_answered(words: list[str]) -> None:
    text = " ".join(words)
    source, problems = Source("a.yaml", text), list[Problem]()
    parse_expression(source, 0, len(text), problems)

    assert_told_well(problems, source)
