"""Whatever stands in a test file or an exceptions file: problems are reported, nothing is raised."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dsl.market_days_exceptions import read_exceptions
from dsl.problems import Problem, Source, Span
from dsl.rule_tests.document import read_tests
from dsl.rule_tests.steps_reading import read_step

RULESETS = Path(__file__).parents[2] / "rulesets"
TEXT = (RULESETS / "starter/tests/daily_realized_loss.test.yaml").read_text(encoding="utf-8")
EXCEPTIONS = (
    "calendar: cme\nexceptions:\n  - {date: 2027-03-26, closes: 10:15, group: fx, by: m, reason: r}\n"
)
PIECES = st.sampled_from(
    ["", ":", "-", "\n", "  ", "{", "[", "'", '"', "\t", "&a", "*a", "null", "9" * 400, "\x00", "->"]
)
VOCABULARY = (
    "09:05 SUN 17:00 +5s trade ES -$300 open long 2 at 6000.25 close stop none for order buy set account.can_trade "
    "unknown -> lock account until manual , warn pending 30s 1e9 $ 99:99 ² ٣ cooldown"
)
WORDS = st.sampled_from(VOCABULARY.split())


@given(at=st.integers(0, len(TEXT)), length=st.integers(0, 60), piece=PIECES)
def test_a_damaged_test_file_is_read_or_reported(at: int, length: int, piece: str) -> None:
    problems: list[Problem] = []
    damaged = TEXT[:at] + piece + TEXT[at + length :]

    document = read_tests(Source("x.test.yaml", damaged), problems)

    assert document is not None or problems


@given(at=st.integers(0, len(EXCEPTIONS)), length=st.integers(0, 30), piece=PIECES)
def test_a_damaged_exceptions_file_is_read_or_reported(at: int, length: int, piece: str) -> None:
    problems: list[Problem] = []
    damaged = EXCEPTIONS[:at] + piece + EXCEPTIONS[at + length :]

    rows = read_exceptions(Source("calendar.yaml", damaged), problems)

    assert rows or problems or "exceptions: []" in damaged or not damaged.strip()


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_is_a_step_or_a_problem_inside_it(text: str) -> None:
    problems: list[Problem] = []

    step = read_step(Span(Source("x", text), 0, len(text)), problems)

    assert (step is None) == bool(problems)
    assert all(0 <= problem.span.start <= problem.span.end <= len(text) for problem in problems)
