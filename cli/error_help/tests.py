"""E8xx: the tests of rules."""

from cli.error_help.text import Explained

TESTS = {
    "E801": Explained(
        "a step that cannot be read",
        "A step is one line: `09:05 trade ES -$300 -> warn`: a time, an event, and behind `->` what must happen.\n"
        "Without `->` nothing may happen.",
    ),
    "E802": Explained("a step with a value that cannot be", "The message says which."),
    "E803": Explained(
        "a test file that is put together wrongly",
        "A test file has `test`, `start` and `cases`; a case has `case`, `steps` and perhaps a `start` of its own.",
    ),
    "E804": Explained("a test for a rule that is not there", "tests/NAME.test.yaml stands beside NAME.yaml."),
}
