"""Promises about the files: short, named so that they hide nothing, and free of what does not belong here."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 200

MAY_BE_LONG = (
    "CHANGELOG.md", "tests/fixtures/", "tests/replay/", "dsl/market_data/", "schemas/", "rulesets/REFERENCE.md",
)  # fmt: skip
"""History, recordings, vendored data, generated schemas and references; snapshots too, wherever they are."""

PACKAGES = ("engine", "dsl", "connectors", "service", "cli")

BESIDE_A_STANDARD_NAME = {"connectors/calendar"}
"""Its name was agreed on, and nothing in `connectors/` is run as a script of its own."""

FORBIDDEN = {
    "TO" + "DO": "finish it, or file an issue",
    "FIX" + "ME": "finish it, or file an issue",
    "/wo" + "rk/": "a path of one machine",
    "/ro" + "ot/": "a path of one machine",
    "pythonhos" + "ted.org": "the address of a package registry",
    "pypi" + ".org": "the address of a package registry",
    "npmjs" + ".org": "the address of a package registry",
}


@cache
def tracked() -> tuple[str, ...]:
    """Return the files that git knows and that are there, with `/` between their parts."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    ).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def text_of(name: str) -> str | None:
    """Return the text of a file, None if it is not text."""
    try:
        return (ROOT / name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def test_git_knows_our_files() -> None:
    assert "pyproject.toml" in tracked()


def test_no_text_file_is_longer_than_two_hundred_lines() -> None:
    too_long = {
        name: len(text.splitlines())
        for name in tracked()
        if not name.startswith(MAY_BE_LONG) and "/__snapshots__/" not in name
        if (text := text_of(name)) is not None and len(text.splitlines()) > LONGEST
    }

    assert too_long == {}


def test_no_module_is_named_like_a_standard_one() -> None:
    modules = [Path(name) for name in tracked() if name.endswith(".py") and name.startswith(PACKAGES)]
    files = {path.as_posix() for path in modules if path.stem in sys.stdlib_module_names}
    folders = {path.parent.as_posix() for path in modules if path.parent.name in sys.stdlib_module_names}

    assert files | (folders - BESIDE_A_STANDARD_NAME) == set()


def test_no_package_hides_ours_under_tests() -> None:
    assert [name for name in tracked() if name.startswith("tests/") and name.endswith("__init__.py")] == []


def test_every_package_begins_with_a_line_that_says_what_it_holds() -> None:
    folders = {
        (ROOT / name).parent for name in tracked() if name.endswith(".py") and name.startswith(PACKAGES)
    }
    silent = {
        folder.relative_to(ROOT).as_posix()
        for folder in folders
        if not (folder / "__init__.py").is_file()
        or not (folder / "__init__.py").read_text(encoding="utf-8").startswith('"""')
    }

    assert silent == set()


def test_test_files_have_names_of_their_own() -> None:
    names = [Path(name).name for name in tracked() if Path(name).match("tests/**/test_*.py")]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("word", FORBIDDEN)
def test_nothing_is_left_that_does_not_belong_here(word: str) -> None:
    assert [name for name in tracked() if word in (text_of(name) or "")] == [], FORBIDDEN[word]


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", ".env", "state.sqlite", "state.sqlite-wal"])
def test_git_ignores_what_must_not_be_committed(name: str) -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, timeout=60, check=False)

    assert ignored.returncode == 0


def test_imports_point_one_way() -> None:
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"

    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
