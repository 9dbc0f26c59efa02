"""A mistake in an expression is named in words of the language, marked where it must be changed."""

import pytest

from dsl.nodes import Bad
from dsl.parse import parse_expression
from dsl.problems import Problem, Source

SLIPS = [
    ("a >= $500 && b", "E102", "&&", "write `and`"),
    ("a || b", "E102", "||", "write `or`"),
    ("!a", "E102", "!", "write `not`"),
    ("a => b", "E102", "=>", "write `>=`"),
    ("a =< b", "E102", "=<", "write `<=`"),
    ("a <> b", "E102", "<>", "write `!=`"),
    ("a === b", "E102", "===", "write `==`"),
    ("a > = b", "E102", "> =", "write `>=`"),
    ("symbol = ES", "E102", "=", "write `==` to compare"),
    ("a \u2265 b", "E102", "\u2265", "write `>=`"),
    ("a AND b", "E102", "AND", "write `and`"),
    ("NOT a", "E102", "NOT", "write `not`"),
    ("a is b", "E102", "is", "write `==`"),
    ("a is not b", "E102", "is", "write `!=`"),
    ("a == TRUE", "E102", "TRUE", "write `true`"),
    ("$1 < a < $2", "E103", "<", "write it as two comparisons joined with `and`"),
    ("x > (a < b < c)", "E103", "<", "write it as two comparisons joined with `and`"),
    ("a > b # c", "E104", "#", "put the comment on a line of its own above"),
    ("(a > b", "E105", "(", "add `)`"),
    ("x in [ES, NQ", "E105", "[", "add `]`"),
    ("count(entries over last 1h >= 3", "E105", "(", "add `)`"),
    ("a > b)", "E105", ")", "delete it, or open a bracket before"),
    ("(a > b]", "E105", "]", "write `)`"),
    ("a >=", "E106", ">=", "finish it"),
    ("a and", "E106", "and", "finish it"),
    ("f(a, )", "E106", ")", "finish what stands inside"),
    ("a == 'long'", "E107", "'long'", 'write `"long"`'),
    ('a == "long', "E107", '"', 'add " at its end'),
    ("a == \u201clong\u201d", "E107", "\u201c", 'write a plain " instead'),
    ("80% of limit < a", "E101", "of", "write `limit * 80%`"),
    ("count(entries last 1h) > 3", "E101", "last", "write for example `over last 1h`"),
    ("count(entries over 1h) > 3", "E101", "over 1h", "write `over last 1h`"),
    ("count(entries over last session)", "E101", "last session", "write `over session`"),
    ("a > 3 over session", "E101", "over", ""),
    ("accountEquity > 3", "E101", "accountEquity", "write `account_equity`"),
    ("if a > b", "E101", "if", "delete `if`"),
    ("a b", "E101", "a b", ""),
    ("a > {limit}", "E101", "{", "braces are for messages: write the name alone"),
    ("a ** b", "E101", "*", ""),
    ("a, b", "E101", ",", ""),
    (">= 5", "E101", ">=", ""),
    ("a or or b", "E101", "or", ""),
    ("a\u00a0> b", "E101", "\u00a0", "replace it by a plain one"),
    ("a > 500$", "E208", "500$", "write `$500`"),
    ("a > $-300", "E208", "$-300", "write `-$300`"),
    ("a > 5contracts", "E208", "5contracts", "write `5 contracts`"),
    ("a > 15 min and b", "E208", "15 min", "write `15m`"),
    ("a > 1,500", "E208", "1,500", "write `1500`"),
    ("a > $15,00,000", "E208", "$15,00,000", ""),
    ("a > 5bananas", "E208", "5bananas", ""),
    ("a > 40 %", "E208", "40 %", "write `40%`"),
    ("clock in 8:30-15:00", "E208", "8:30-15:00", "write `08:30..15:00`"),
    ("a > 25:00", "E208", "25:00", "times go from `00:00` to `23:59`"),
    ("a > 1m1h", "E208", "1m1h", "write `1h1m`"),
    ("a > 2.5 contracts", "E208", "2.5 contracts", "write `2 contracts` or `3 contracts`"),
    ("count(entries over last 5 ticks)", "E208", "5 ticks", "write for example `over last 1h`"),
    ("count(entries over last 0s)", "E208", "0s", "write for example `over last 1h`"),
    ("a > $9999999999999999", "E208", "$9999999999999999", "write a smaller number"),
    ("a > 0.1234567", "E208", "0.1234567", "round it: six decimals are kept, four of a percent"),
    ("   ", "E012", "   ", ""),
]


@pytest.mark.parametrize(("text", "code", "place", "help_text"), SLIPS)
def test_a_slip_is_marked_and_mended(text: str, code: str, place: str, help_text: str) -> None:
    problems: list[Problem] = []
    parse_expression(Source("a.yaml", f"when: {text}\n"), 6, 6 + len(text), problems)

    assert [(problem.code, problem.span.text) for problem in problems] == [(code, place)]
    assert problems[0].help.startswith(help_text)
    assert problems[0].help


@pytest.mark.parametrize(
    "text",
    [
        "a" + " and a" * 400,
        "a" + " + a" * 450,
        "(" * 500 + "a" + ")" * 500,
        "f(" * 45 + "a" + ")" * 45,
        "not " * 400 + "a",
        "-" * 1500 + "a",
        "a > " + "1" * 3000,
        "[" * 1000,
        "a[" * 300 + "b" + "]" * 300,
    ],
    ids=lambda text: text[:6],
)
def test_an_expression_too_large_to_be_read_safely_is_refused(text: str) -> None:
    problems: list[Problem] = []
    node = parse_expression(Source("a.yaml", text), 0, len(text), problems)

    assert isinstance(node, Bad)
    assert [problem.code for problem in problems] == ["E108"]


@pytest.mark.parametrize(
    "text", ["a" + " and a" * 240, "a" + " + a" * 35, "(" * 39 + "a" + ")" * 39, "f(" * 18 + "a" + ")" * 18]
)
def test_an_expression_within_the_limits_is_read(text: str) -> None:
    problems: list[Problem] = []
    node = parse_expression(Source("a.yaml", text), 0, len(text), problems)

    assert problems == []
    assert not isinstance(node, Bad)
