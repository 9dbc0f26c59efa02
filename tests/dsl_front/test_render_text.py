"""Problems are drawn with their lines and marks, and nothing in a file can draw outside of its place."""

import json

from dsl.problems import Mark, Problem, Source, Span
from dsl.render import plain, render_text
from dsl.render_formats import render_github, render_json

TEXT = "rule: a\ntitle: t\nparams:\n  limit: 500\n\n\nwhen: loss >= limit\n"
SOURCE = Source("rulesets/demo/a.yaml", TEXT)


def span(word: str, source: Source = SOURCE) -> Span:
    start = source.text.index(word)
    return Span(source, start, start + len(word))


def test_lines_between_two_marks_are_left_out() -> None:
    problem = Problem("E201", "m", span("500"), "l", (Mark(span("loss"), "this is money"),), "h1\nh2", ("n",))

    assert render_text([problem]) == "\n".join(
        [
            "error[E201]: m",
            " --> rulesets/demo/a.yaml:4:10",
            "   |",
            " 4 |   limit: 500",
            "   |          ^^^ l",
            "...",
            " 7 | when: loss >= limit",
            "   |       ---- this is money",
            "   = help: h1",
            "           h2",
            "   = note: n",
        ]
    )


def test_problems_stand_in_the_order_of_files_and_places_and_once() -> None:
    other = Source("rulesets/demo/Z.yaml", "x: 1\n")
    late, early = Problem("E002", "late", span("when")), Problem("E002", "early", span("title"))
    foreign = Problem("W401", "other", Span(other, 0, 1), level="warning")

    heads = [line for line in render_text([late, foreign, early, late]).split("\n") if "[" in line]

    assert heads == ["warning[W401]: other", "error[E002]: early", "error[E002]: late"]


def test_a_mark_over_several_lines_ends_with_the_first() -> None:
    source = Source("a.yaml", "when: >\n  a and  \n  b\n")
    lines = render_text([Problem("E101", "m", Span(source, 10, 21))]).split("\n")

    assert lines[-2:] == [" 2 |   a and", "   |   ^^^^^"]


def test_line_numbers_of_three_digits_move_the_margin() -> None:
    source = Source("a.yaml", "\n" * 99 + "when: x")
    lines = render_text([Problem("E101", "m", span("x", source))]).split("\n")

    assert lines[1:] == ["  --> a.yaml:100:7", "    |", "100 | when: x", "    |       ^"]


def test_the_end_of_a_file_can_be_marked() -> None:
    source = Source("a.yaml", "when:")

    assert render_text([Problem("E106", "m", Span(source, 5, 5))]).split("\n")[-1] == "   |      ^"


def test_a_file_that_could_not_be_read_has_no_lines_to_show() -> None:
    source = Source("a.yaml", "")

    assert render_text([Problem("E013", "there is no such file", Span(source, 0, 0), help="h")]) == (
        "error[E013]: there is no such file\n --> a.yaml:1:1\n   = help: h"
    )


def test_a_tab_and_signs_that_move_the_cursor_keep_their_column() -> None:
    source = Source("a\x1b.yaml", "a:\tb\x1b[2Jc\u202e x\n")
    lines = render_text([Problem("E008", "m\x1b[31m", span("x", source))]).split("\n")

    assert lines[0] == "error[E008]: m\ufffd[31m"
    assert lines[3] == " 1 | a: b\ufffd[2Jc\ufffd x"
    assert lines[4].index("^") == lines[3].index("x")
    assert plain("a\nb\u2028") == "a b\ufffd"


def test_a_line_too_long_for_anybody_is_cut_around_its_mark() -> None:
    source = Source("a.yaml", "when: " + "x" * 5000 + "HERE" + "y" * 5000)
    lines = render_text([Problem("E108", "m" * 5000, span("HERE", source))]).split("\n")

    assert max(map(len, lines)) < 500
    assert lines[1] == " --> a.yaml:1:5007"
    start = lines[4].index("^")
    assert lines[3][start : start + 4] == "HERE"


def test_json_has_the_same_findings_with_places() -> None:
    problem = Problem("E201", "m", span("500"), "l", (Mark(span("loss"), "k"),), "h", ("n",))

    assert json.loads(render_json([problem])) == [
        {
            "code": "E201",
            "level": "error",
            "message": "m",
            "path": "rulesets/demo/a.yaml",
            "line": 4,
            "column": 10,
            "end_line": 4,
            "end_column": 13,
            "label": "l",
            "because": "",
            "help": "h",
            "notes": ["n"],
            "marks": [
                {"path": SOURCE.path, "line": 7, "column": 7, "end_line": 7, "end_column": 11, "label": "k"}
            ],
        }
    ]
    assert json.loads(render_json([])) == []


def test_an_annotation_cannot_be_ended_by_its_text() -> None:
    source = Source("a,b:c.yaml", "x")
    problem = Problem("E001", "50%\n::error::x", Span(source, 0, 1), help="h")

    assert render_github([problem]) == (
        "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=1,title=E001::50%25%0A::error::x%0Ah"
    )


def test_nothing_wrong_is_nothing_to_say() -> None:
    assert render_text([]) == ""
    assert render_github([]) == ""
