"""E6xx and E7xx: actions and messages."""

from cli.error_help.text import Explained

ACTIONS = {
    "E607": Explained(
        "a lock that never says when it ends",
        "Add `until: reset`, `until: manual`, `for: 30m`, or a condition such as `until: inside(open_hours)`.",
    ),
}
