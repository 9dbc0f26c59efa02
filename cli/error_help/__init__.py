"""The background to each code that `risk validate` prints: `risk help E201`. A test fails when a code is missing."""

from collections.abc import Mapping

from cli.error_help.actions import ACTIONS
from cli.error_help.analysis import ANALYSIS
from cli.error_help.doubts import DOUBTS
from cli.error_help.files import FILES
from cli.error_help.names import NAMES
from cli.error_help.settings import SETTINGS
from cli.error_help.syntax import SYNTAX
from cli.error_help.tests import TESTS
from cli.error_help.text import Explained
from cli.error_help.times import TIMES
from cli.error_help.units import UNITS

EXPLAINED: Mapping[str, Explained] = (
    FILES | SYNTAX | UNITS | NAMES | TIMES | ACTIONS | TESTS | ANALYSIS | DOUBTS | SETTINGS
)
