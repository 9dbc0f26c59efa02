"""Secrets under a seal of the machine: what stands on the disk, what opens, and that no key is lost on the way."""

import hashlib
import stat
from pathlib import Path

import pytest

from service.api_keys import KeyMissing, api_key
from service.home import Home
from service.secrecy.seal import CannotOpen
from service.secrecy.secret_files import MARK, read_secret, seal_plain, write_secret

KEY = "a-key-of-the-venue\n"


class Machine:
    """A seal as plain as can be: another name is another machine."""

    def __init__(self, name: str) -> None:
        self._mark = hashlib.sha256(name.encode()).digest()

    def close(self, plain: bytes) -> bytes:
        return self._mark + bytes(byte ^ 0x5A for byte in plain)

    def open(self, closed: bytes) -> bytes:
        if not closed.startswith(self._mark):
            raise CannotOpen("another machine")
        return bytes(byte ^ 0x5A for byte in closed[len(self._mark) :])


class Leaky(Machine):
    """A seal that loses a byte."""

    def close(self, plain: bytes) -> bytes:
        return super().close(plain)[:-1]


class Full(Machine):
    """A system that seals nothing."""

    def close(self, plain: bytes) -> bytes:
        raise OSError(28, "No space left on device")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("RISK_API_KEY_MAIN", raising=False)
    (tmp_path / "secrets").mkdir()
    return Home(tmp_path)


def test_a_sealed_key_is_read_on_its_machine_and_stands_nowhere_in_plain(home: Home) -> None:
    path, here = home.secrets / "main.key", Machine("here")

    write_secret(path, KEY, here)

    assert api_key(home, "main", here).reveal() == KEY.strip()
    assert [KEY.strip().encode() in file.read_bytes() for file in home.secrets.iterdir()] == [False]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_on_another_machine_it_does_not_open_and_the_way_out_is_named(home: Home) -> None:
    write_secret(home.secrets / "main.key", KEY, Machine("here"))

    for other in (Machine("there"), None):
        with pytest.raises(KeyMissing, match=r"does not open.*risk admin credentials set main"):
            api_key(home, "main", other)


@pytest.mark.parametrize("text", [MARK, MARK + "QUJD", MARK + "=?="], ids=["empty", "strange", "damaged"])
def test_a_damaged_file_is_a_missing_key_and_no_crash(home: Home, text: str) -> None:
    (home.secrets / "main.key").write_text(text)

    with pytest.raises(KeyMissing, match="does not open"):
        api_key(home, "main", Machine("here"))


def test_plain_files_are_sealed_at_the_next_start_and_only_once(home: Home) -> None:
    here = Machine("here")
    for name in ("main.key", "maria.notify", "heartbeat.url"):
        (home.secrets / name).write_text(KEY)
    (home.secrets / "entropy").write_bytes(b"\xff\xfe")

    assert list(seal_plain(home.secrets, here)) == []
    sealed = {path.name: path.read_bytes() for path in home.secrets.iterdir()}
    assert list(seal_plain(home.secrets, here)) == []

    assert {path.name: path.read_bytes() for path in home.secrets.iterdir()} == sealed
    assert sealed.pop("entropy") == b"\xff\xfe"
    assert sealed.keys() == {"main.key", "maria.notify", "heartbeat.url"}
    assert all(content.startswith(MARK.encode()) for content in sealed.values())
    assert all(read_secret(home.secrets / name, here) == KEY for name in sealed)


@pytest.mark.parametrize("seal", [Leaky("here"), Full("here")], ids=["gives another text back", "no space"])
def test_a_key_that_cannot_be_sealed_and_read_back_stays_as_it_was_and_that_is_said(
    home: Home, seal: Machine
) -> None:
    (home.secrets / "main.key").write_text(KEY)

    [problem] = seal_plain(home.secrets, seal)

    assert "main.key stays unsealed" in problem
    assert [path.name for path in home.secrets.iterdir()] == ["main.key"]
    assert api_key(home, "main", seal).reveal() == KEY.strip()


def test_where_the_system_has_no_seal_the_file_is_for_its_owner_alone(home: Home) -> None:
    path = home.secrets / "main.key"

    write_secret(path, KEY, None)

    assert list(seal_plain(home.secrets, None)) == []
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == (KEY, 0o600)
