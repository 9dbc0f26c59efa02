"""The schema of `news.yaml`, the admin's list of releases."""

from dsl.news_file import FILE_KEYS, ROW_KEYS
from dsl.schema.parts import DATE, Schema, settings, text
from dsl.schema.rule_schema import DIALECT

AT = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$"


def news_schema() -> Schema:
    """Return the schema of the list of releases."""
    row = {
        "at": text("When it comes, on the wall of the file's zone: `2026-12-04 08:30`.", AT),
        "title": text("What people call it."),
    }
    properties: dict[str, Schema] = {
        "valid_through": text("The last day of which the list knows all; then `news.*` is unknown.", DATE),
        "tz": text("The zone of every `at`: `America/New_York`."),
        "source": text("Where the list is from, and when that was read."),
        "news": {"type": "array", "items": settings("One release.", row, ROW_KEYS)},
    }
    return {
        "$schema": DIALECT,
        "$id": "risk.news/1",
        "title": "news.yaml: releases that rules may read as `news.*`",
        **settings("A list of releases.", properties, FILE_KEYS),
    }
