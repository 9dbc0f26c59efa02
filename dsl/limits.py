"""How large a file and an expression may be: a hostile one is refused at once instead of hanging the tool.

Source: the goals S5 and S6 of the reliability plan. The largest shipped rule has about 60 lines and 200 nodes.
"""

FILE_BYTES = 1024 * 1024
"""Of one YAML file."""

YAML_DEPTH = 32
"""Lists and maps inside each other."""

YAML_NODES = 50_000
"""Scalars, lists and maps of one file."""

SCALAR_CHARACTERS = 10_000
"""Of one value: a message of several screens still fits."""

EXPRESSION_CHARACTERS = 2_000
EXPRESSION_NODES = 500

EXPRESSION_DEPTH = 40
"""Operators, calls and lists inside each other, and brackets inside each other."""

LITERAL_DIGITS = 15
"""Of one amount. $999,999,999,999,999 counts a thousand times the gross product of the world."""
