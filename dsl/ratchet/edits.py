"""The difference between two bundles as single edits, each of which can be made alone or left for later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from dsl.ratchet.bundle import Bundle
from dsl.ratchet.pieces import WHOLE, Piece, pieces_of, put_together
from dsl.rule_files import BESIDE, HOLIDAYS, NEWS
from engine.rule import Mode

FILE, OVERRIDE, MODE, LIVE = "file", "override", "mode", "live"
WHOLE_FILES = frozenset({HOLIDAYS, NEWS})
"""Files whose rows belong together."""

LONGEST = 60
"""Letters of a value that are shown in a change."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that differs. `kind` FILE: the piece `key` of the file `name`; None stands for not there at all.

    OVERRIDE: the account's own value `key`. MODE and LIVE: what the account's file says.
    """

    kind: str
    name: str
    key: str
    old: Piece | None
    new: Piece | None

    @property
    def what(self) -> str:
        """What it is about, as people would look for it."""
        match self.kind:
            case "override":
                return f"{self.key} for this account"
            case "mode":
                return "mode of the account"
            case "live":
                return "orders although the account is not simulated"
            case _:
                return self._place()

    def _place(self) -> str:
        stem = PurePath(self.name).stem
        if self.name in BESIDE:
            return f"{self.name}: {self.key}" if self.key and self.name not in WHOLE_FILES else self.name
        if not self.key:
            return f"rule {stem}"
        return f"{stem}.{self.key.removeprefix('params.')}"


def edits_between(old: Bundle, new: Bundle) -> list[Edit]:
    """Return what turns one bundle into another, in the order of the files."""
    found = [
        edit for name in sorted({*old.files, *new.files}) for edit in _in_file(name, old.files, new.files)
    ]
    for key in sorted({*old.overrides, *new.overrides}):
        before, after = old.overrides.get(key), new.overrides.get(key)
        if before != after:
            found.append(Edit(OVERRIDE, "", key, _value(before) or _of_rule(old, key), _value(after)))
    if old.mode is not new.mode:
        found.append(Edit(MODE, "", "", _value(old.mode.name.lower()), _value(new.mode.name.lower())))
    if old.may_act_live is not new.may_act_live:
        words = {True: "allowed", False: "not allowed"}
        found.append(Edit(LIVE, "", "", _value(words[old.may_act_live]), _value(words[new.may_act_live])))
    return found


def made(bundle: Bundle, edits: list[Edit]) -> Bundle:
    """Return a bundle with edits made in it."""
    for edit in edits:
        bundle = _made(bundle, edit)
    return bundle


def _in_file(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Edit]:
    before, after = old.get(name), new.get(name)
    if before == after:
        return
    if before is None or after is None or name in WHOLE_FILES or "/" in name:
        pieces = [Piece(text, _summary(name, text)) if text is not None else None for text in (before, after)]
        yield Edit(FILE, name, WHOLE, pieces[0], pieces[1])
        return
    ours, theirs = pieces_of(name, before), pieces_of(name, after)
    if (WHOLE in ours) != (WHOLE in theirs):
        ours, theirs = {WHOLE: Piece(before, "")}, {WHOLE: Piece(after, "")}
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        one, other = ours.get(key), theirs.get(key)
        if (one.value if one else None) != (other.value if other else None):
            yield Edit(FILE, name, key, one, other)


def _made(bundle: Bundle, edit: Edit) -> Bundle:
    match edit.kind:
        case "override":
            others = {key: text for key, text in bundle.overrides.items() if key != edit.key}
            own = {edit.key: edit.new.text} if edit.new is not None else {}
            return replace(bundle, overrides={**others, **own})
        case "mode":
            assert edit.new is not None
            return replace(bundle, mode=Mode[edit.new.text.upper()])
        case "live":
            assert edit.new is not None
            return replace(bundle, may_act_live=edit.new.text == "allowed")
        case _:
            return replace(bundle, files=_with(bundle.files, edit))


def _with(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    if edit.key == WHOLE:
        others = {name: text for name, text in files.items() if name != edit.name}
        return {**others, edit.name: edit.new.text} if edit.new is not None else others
    pieces = dict(pieces_of(edit.name, files[edit.name]))
    if edit.new is None:
        pieces.pop(edit.key, None)
    else:
        pieces[edit.key] = edit.new
    return {**files, edit.name: put_together(pieces)}


def _of_rule(bundle: Bundle, key: str) -> Piece | None:
    """Return what a rule itself says where an account says nothing, None where there is no such parameter."""
    rule, _, name = key.partition(".")
    file = f"{rule}.yaml"
    return pieces_of(file, bundle.files[file]).get(f"params.{name}") if file in bundle.files else None


def _value(text: str | None) -> Piece | None:
    return None if text is None else Piece(text, text)


def _summary(name: str, text: str) -> str:
    title = pieces_of(name, text).get("title")
    return title.value if title is not None else ""


def shown(piece: Piece | None) -> str:
    """Return a value for people, cut where it is long."""
    text = piece.value if piece is not None else ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3].rstrip()}..."
