"""What atheris runs: any bytes as rule, as the words of a rule, as ruleset, lists, holidays or test of a rule.

Run by hand: `python tests/fuzz/language_target.py CORPUS -max_total_time=600`. An input that raises, or that takes
longer than `-timeout`, is written to a file beside; give that file as the only argument to see it again.
"""

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["dsl", "yaml"]):
    import language_answers as answers

FOLDER = Path(tempfile.mkdtemp(prefix="fuzzed-"))


def one_input(data: bytes) -> None:
    """Have everything said about one input; whatever is raised is a finding."""
    answers.answer(FOLDER, data)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
