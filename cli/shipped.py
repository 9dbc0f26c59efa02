"""What comes with the package: the digests of its rulesets, and how far its calendar reaches."""

import json
from importlib import resources
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "rulesets"
"""The folder of the shipped rulesets; they travel beside the packages."""


def calendar_until() -> str:
    """Return the last day that the exchange calendar covers."""
    text = resources.files("dsl").joinpath("market_data", "cme.json").read_text(encoding="utf-8")
    return str(json.loads(text)["valid_through"])


def ruleset_digests() -> dict[str, str]:
    """Return the digest of each shipped ruleset by its name."""
    from dsl.pipeline import load_ruleset

    folders = sorted(path.parent for path in SHIPPED.glob("*/ruleset.yaml"))
    return {folder.name: load_ruleset(folder).digest for folder in folders}
