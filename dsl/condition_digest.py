"""The digest of what makes a rule true and for how long: while it stays the same, a reload keeps the rule's timers."""

import hashlib

from dsl.checked_rule import CheckedRule
from dsl.compile_expr import Compiler
from dsl.compile_source import Function, Module
from dsl.compile_windows import Windows
from dsl.document_keys import SETTINGS_KEYS
from dsl.typed import Typed

WRITTEN = ("scope", "params", "for_each", "if_unknown", "clear_for", "reset", "exceptions", *SETTINGS_KEYS)
"""Keys that bear on the conditions as they stand in the file; the conditions themselves are taken as compiled."""


def condition_digest(checked: CheckedRule) -> str:
    """Return a digest that titles, messages, modes, actions and comments between keys do not change."""
    module = Module()
    windows = Windows(module)

    def generated(typed: Typed | None, name: str) -> str:
        if typed is None:
            return ""
        function = Function(module, name)
        return function.finish(Compiler(function, windows).compile(typed).text)

    used = [generated(checked.clear_when, "clear_when")]
    for tier in checked.tiers:
        used += [tier.name, generated(tier.when, "when"), generated(tier.hold, "hold")]
    entries = ((key, checked.document.map.get(key)) for key in WRITTEN)
    written = [f"{key} {' '.join(entry.value.outer.text.split())}" for key, entry in entries if entry]
    text = "\n".join([*used, module.source(), *sorted(windows.planned), *written])
    return hashlib.sha256(text.encode()).hexdigest()
