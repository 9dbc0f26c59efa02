"""Small parts of schemas: texts, choices, amounts with their patterns, maps with known settings."""

from collections.abc import Collection, Mapping

Schema = dict[str, object]

PLAIN = ["string", "number", "boolean"]
"""What an editor takes an unquoted value for; the language reads all of them as text."""

MONEY = r"^\$\d{1,3}(,\d{3})*(\.\d{1,2})?$|^\$\d+(\.\d{1,2})?$"
DURATION = r"^(\d+(ms|s|m|h|d|w))+$|^\d+(\.\d+)? (seconds?|minutes?|hours?|days?|weeks?)$"
TICKS = r"^\d+(\.\d+)? ticks?$"
TIME = r"^\d{1,2}:\d{2}$"
RANGE = r"^\d{1,2}:\d{2}\.\.\d{1,2}:\d{2}$"
DATE = r"^\d{4}-\d{2}-\d{2}$"
NAME = r"^[a-z_][a-z0-9_]*$"
SYMBOL = r"^\d{0,2}[A-Z][A-Z0-9]{0,5}$"


def text(about: str, pattern: str = "") -> Schema:
    """Return the schema of a text."""
    return {"description": about, "type": "string", **({"pattern": pattern} if pattern else {})}


def expression(about: str) -> Schema:
    """Return the schema of an expression, whose inside only the checker knows."""
    return {"description": about, "type": PLAIN}


def choice(about: str, words: Collection[str]) -> Schema:
    """Return the schema of one of some words."""
    return {"description": about, "enum": list(words)}


def anything(about: str) -> Schema:
    """Return the schema of a value, a list, a table or a schedule."""
    return {"description": about, "type": [*PLAIN, "array", "object"]}


def one_or_more(about: str, item: Schema) -> Schema:
    """Return the schema of one thing or a list of them."""
    kinds = item.pop("type", "string")
    return {
        "description": about,
        "type": [*([kinds] if isinstance(kinds, str) else PLAIN), "array"],
        "items": item,
    }


def settings(about: str, properties: Mapping[str, Schema], required: Collection[str] = ()) -> Schema:
    """Return the schema of a map in which only known settings may stand."""
    return {
        "description": about,
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def described(helps: Mapping[str, str], schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the schema of each setting that has a description; those without one of their own are texts."""
    return {key: schemas.get(key, text(about)) | {"description": about} for key, about in helps.items()}
