"""Taking over a development home: whole or not at all, into a folder that is closed before anything lies in it."""

import stat
from pathlib import Path

import pytest

from service.service_here import closed_folder
from service.system.moving import CannotMove, leads_away, take_over


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    source = tmp_path / "desk"
    for name in ("accounts", "rulesets/limits", "secrets", "data", "status", "logs", "doors"):
        (source / name).mkdir(parents=True)
        (source / name / "file").write_text(name)
    (source / "settings.yaml").write_text("logins: {}\n")
    return source


def test_a_home_comes_whole_with_its_locks_and_keys_and_stays_where_it_was(
    desk: Path, tmp_path: Path
) -> None:
    home = tmp_path / "protected" / "home"
    before = sorted(path.relative_to(desk) for path in desk.rglob("*"))

    copied = take_over(desk, home, closed_folder)

    assert copied == ["settings.yaml", "accounts", "rulesets", "secrets", "data", "status"]
    assert (home / "data" / "file").read_text() == "data"
    assert not (home / "logs").exists()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert sorted(path.relative_to(desk) for path in desk.rglob("*")) == before


def test_nothing_is_copied_before_the_folder_is_closed(desk: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, list[Path]]] = []

    def made(path: Path) -> None:
        closed_folder(path)
        seen.append((stat.S_IMODE(path.stat().st_mode), list(path.iterdir())))

    take_over(desk, tmp_path / "home", made)

    assert seen == [(0o700, [])]


@pytest.mark.parametrize("name", ["secrets", "accounts/other.yaml", "settings.yaml"])
def test_a_link_is_refused_and_nothing_is_left(desk: Path, tmp_path: Path, name: str) -> None:
    place, target = desk / name, tmp_path / "elsewhere"
    if place.is_dir() or place.exists():
        place.rename(target)
    place.symlink_to(target)

    with pytest.raises(CannotMove, match="is a link or a junction"):
        take_over(desk, tmp_path / "home", closed_folder)

    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "home.part").exists()


def test_a_home_is_not_overwritten_and_what_is_no_home_is_not_taken(desk: Path, tmp_path: Path) -> None:
    take_over(desk, tmp_path / "home", closed_folder)

    with pytest.raises(CannotMove, match="holds a home already"):
        take_over(desk, tmp_path / "home", closed_folder)
    with pytest.raises(CannotMove, match=r"no settings\.yaml"):
        take_over(tmp_path, tmp_path / "other", closed_folder)


def test_what_lies_in_the_place_already_is_not_thrown_away(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "planted").write_text("by somebody else")

    with pytest.raises(CannotMove):
        take_over(desk, tmp_path / "home", closed_folder)

    assert (tmp_path / "home" / "planted").read_text() == "by somebody else"
    assert not (tmp_path / "home.part").exists()


def test_a_path_that_stands_for_another_is_known(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    assert leads_away(tmp_path / "link")
    assert not leads_away(tmp_path)
    assert not leads_away(tmp_path / "none")
