"""A310: a ruleset in which no rule acts."""

from collections.abc import Iterator

from dsl.analysis.finding import Pack, doubt
from dsl.problems import Problem
from engine.rule import Mode


def nothing_enforced(pack: Pack) -> Iterator[Problem]:
    """Yield a finding when the ceiling or the modes of all rules leave nothing that acts."""
    modes = [subject.rule.document.mode for subject in pack.subjects]
    if not modes:
        return
    ceiling = pack.document.mode_ceiling if pack.document else None
    if ceiling is not None and pack.ruleset.ceiling is not Mode.ENFORCE:
        because = f"`mode_ceiling: {ceiling.text}` caps every rule of this ruleset"
        yield doubt("A310", "nothing is enforced", ceiling.span, because, "write `mode_ceiling: enforce`")
    elif all(mode is not None and mode.text != "enforce" for mode in modes):
        first = next(mode for mode in modes if mode is not None)
        count = "the only rule is" if len(modes) == 1 else f"none of the {len(modes)} rules is"
        because = f"{count} {'not ' if len(modes) == 1 else ''}in `mode: enforce`"
        yield doubt(
            "A310", "nothing is enforced", first.span, because, "write `mode: enforce` in the rules you trust"
        )
