"""The reference of the language, made from its tables: pages and schemas that cannot fall behind."""

import json
from collections.abc import Mapping

from dsl.reference.page import page
from dsl.schema.news_schema import news_schema
from dsl.schema.rule_schema import rule_schema
from dsl.schema.ruleset_schema import ruleset_schema


def generated() -> Mapping[str, str]:
    """Return each generated file by its path in the repository."""
    return {
        "rulesets/REFERENCE.md": page(),
        "schemas/rule.schema.json": _json(rule_schema()),
        "schemas/ruleset.schema.json": _json(ruleset_schema()),
        "schemas/news.schema.json": _json(news_schema()),
    }


def _json(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
