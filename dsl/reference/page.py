"""The reference page: fields, functions, aggregates, streams, windows, actions and settings, with units and examples."""

from collections.abc import Iterable, Mapping

from dsl import kinds
from dsl.action_specs import SPECS, ActionSpec
from dsl.aggregates import AGGREGATES
from dsl.check_mismatch import EXAMPLES
from dsl.fact import Fact
from dsl.facts import FACTS
from dsl.functions import FUNCTIONS
from dsl.reference.examples import examples_of, form_of
from dsl.reference.windows import WINDOWS
from dsl.schema import key_help
from dsl.streams import STREAMS

HEAD = """\
# Reference of the rule language

Made from the tables of the program by `risk reference --write`; edit those, not this page.
[README.md](README.md) teaches the language by example."""

SCOPES = {
    "account": "In every rule",
    "symbol": "In rules with `scope: symbol` or `position`",
    "position": "In rules with `scope: position`",
    "trade": "In rules with `scope: trade`",
}


def page() -> str:
    """Return the whole page."""
    parts = [HEAD, _fields(), _streams(), _windows(), _aggregates(), _functions(), _actions(), _settings()]
    return "\n\n".join(parts) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table. Bars inside a cell are written so that they stay in it."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _fields() -> str:
    parts = [
        "## Fields\n\nA field marked *quotes* is unknown while its quote is missing or old; one marked *may be\nunknown* is unknown until the venue has said it."
    ]
    for scope, title in SCOPES.items():
        found = [fact for fact in FACTS.values() if fact.scopes[0] == scope]
        rows = [[f"`{fact.path}`", str(fact.kind), freshness(fact), fact.summary] for fact in found]
        parts.append(f"### {title}\n\n{table(['Field', 'Unit', 'Known', 'Meaning'], rows)}")
    return "\n\n".join(parts)


def freshness(fact: Fact) -> str:
    """Return when a field is known."""
    if fact.needs_quotes:
        return "quotes"
    return "may be unknown" if fact.may_be_unknown else "always"


def _streams() -> str:
    rows = [
        [f"`{word}`", spec.item, ", ".join(f"`{name}` {kind}" for name, kind in spec.fields.items())]
        for word, spec in STREAMS.items()
    ]
    return f"## Streams\n\n{table(['Stream', 'One item is', 'Its fields'], rows)}"


def _windows() -> str:
    rows = [[f"`{written}`", meaning] for written, meaning in WINDOWS.items()]
    return f"## Windows\n\n{table(['Written', 'From when'], rows)}"


def _aggregates() -> str:
    rows = []
    for word, spec in AGGREGATES.items():
        taken = "trades" if spec.counts_items else "pnl of trades"
        where = " where pnl < $0" if word == "streak" else ""
        unit = str(spec.gives or spec.takes or "the unit of the value")
        of_field = f", `{word}(account.equity since start)`" if spec.sample is not None else ""
        rows.append([f"`{word}({taken}{where} over session)`{of_field}", unit, spec.summary])
    return f"## Aggregates\n\n{table(['Example', 'Gives', 'Meaning'], rows)}"


def _functions() -> str:
    rows = []
    for word, function in FUNCTIONS.items():
        shown = "; ".join(f"`{text}` is {result}" for text, result in examples_of(function))
        summary = " ".join((function.__doc__ or "").split(">>>")[0].split())
        rows.append([f"`{form_of(word, function)}`", summary, shown])
    return f"## Functions\n\n{table(['Function', 'Meaning', 'Example'], rows)}"


def _actions() -> str:
    rows = []
    for name, spec in SPECS.items():
        options = "; ".join(f"`{option}`: {_option(option, spec)}" for option in spec.options)
        rows.append([f"`{name}: {_example(spec)}`", spec.summary, ", ".join(spec.scopes), options or "none"])
    return f"## Actions\n\n{table(['Written', 'Meaning', 'Scopes', 'Settings'], rows)}"


def _example(spec: ActionSpec) -> str:
    if spec.is_told:
        return "trader"
    return spec.places[0] if spec.kind is None else EXAMPLES.get(spec.kind, "position.entry_price")


def _option(name: str, spec: ActionSpec) -> str:
    about = key_help.OPTION[name].rstrip(".")
    return f"{about} ({', '.join(spec.words[name])})" if name in spec.words else about


def _settings() -> str:
    groups: Mapping[str, Mapping[str, str]] = {
        "Settings of a rule": key_help.RULE,
        "Settings of `ruleset.yaml`": key_help.RULESET,
        "Settings of both; a rule's own value wins": key_help.SETTINGS,
        "A parameter, written long": key_help.PARAM,
        "A schedule": key_help.SCHEDULE,
    }
    units = ", ".join(f"`{text}`" for kind, text in EXAMPLES.items() if kind in kinds.AMOUNTS)
    parts = [f"## Settings\n\nAmounts are written with their unit: {units}."]
    for title, helps in groups.items():
        rows = [[f"`{key}`", about] for key, about in helps.items()]
        parts.append(f"### {title}\n\n{table(['Setting', 'Meaning'], rows)}")
    return "\n\n".join(parts)
