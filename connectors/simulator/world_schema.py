"""Whether a world file is well formed: its JSON Schema, and our words for what is wrong."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema

from connectors.simulator.world_rows import VERBS

FOLDER = Path(__file__).with_name("worlds")
_STEP_NEEDS = (
    f"a step needs exactly one of {', '.join(VERBS)}; buy and sell need of, price needs to, move needs by"
)


def problems_of(raw: Any) -> list[str]:
    """Return every problem of a world, each with its place."""
    return _problems(raw, _schema())


def problems_of_script(steps: Any) -> list[str]:
    """Return every problem of a list of steps."""
    definitions = _schema()["$defs"]
    return _problems(steps, {"$defs": definitions, **definitions["trader"]["properties"]["script"]})


def _problems(raw: Any, schema: dict[str, Any]) -> list[str]:
    errors = _VALIDATOR(schema).iter_errors(raw)
    return [_describe(error) for error in sorted(errors, key=lambda error: list(map(str, error.path)))]


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((FOLDER / "world.schema.json").read_text(encoding="utf-8"))
    return schema


def _describe(error: jsonschema.ValidationError) -> str:
    place = "/".join(map(str, error.path)) or "top level"
    return f"{place}: {_STEP_NEEDS if error.validator == 'oneOf' else error.message}"


_VALIDATOR = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "number", lambda _, value: isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    ),
)
