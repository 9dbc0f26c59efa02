"""Where keys and the home come from, and who else may read or change them."""

from pathlib import Path

import pytest

from service.api_keys import KeyMissing, api_key, variable
from service.home import Home, find_home
from service.permissions import open_to_all, wide_permissions

EXAMPLES = Path(__file__).resolve().parents[2] / "service" / "examples"
GOOD = (EXAMPLES / "settings.yaml").read_text()
ACCOUNT = "id: 12\nlogin: main\nruleset: starter\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)  # so that the golden texts show short paths
    for name in ("RISK_LOG_LEVEL", "RISK_HOME", "RISK_API_KEY_MAIN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "accounts").mkdir()
    return Home(Path())


def test_every_variable_that_is_read_stands_in_the_example() -> None:
    root = EXAMPLES.parents[1]
    listed = (root / ".env.example").read_text()
    read = {"RISK_HOME", "RISK_LOG_LEVEL", "RISK_FAILPOINT", variable("main")}

    assert {line.split("=")[0] for line in listed.splitlines() if line and not line.startswith("#")} == read


def test_a_key_comes_from_the_environment_or_from_its_file_and_never_shows(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyMissing, match=r"secrets/my-login\.key.*RISK_API_KEY_MY_LOGIN"):
        api_key(home, "my-login")

    home.secrets.mkdir()
    (home.secrets / "my-login.key").write_text("from-file\n")
    assert api_key(home, "my-login").reveal() == "from-file"

    monkeypatch.setenv("RISK_API_KEY_MY_LOGIN", "from-environment")
    key = api_key(home, "my-login")
    assert key.reveal() == "from-environment"
    assert "from" not in f"{key!r} {key}"


def test_a_key_file_that_others_can_read_is_named_with_the_fix(home: Home) -> None:
    path = home.root / "main.key"
    path.write_text("x")
    path.chmod(0o640)
    assert wide_permissions(path) == "main.key can be read by others (mode 0640): run `chmod 600 main.key`"

    path.chmod(0o600)
    assert wide_permissions(path) is None


def test_a_home_that_anyone_may_change_is_named_with_the_fix(home: Home) -> None:
    home.accounts.chmod(0o777)

    assert list(open_to_all(home)) == [
        "anyone on this machine may change accounts (mode 0777): run `chmod o-w accounts`"
    ]


def test_the_home_is_what_was_given_else_risk_home_else_the_platforms_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RISK_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    assert find_home().root.name == "risk-manager"

    monkeypatch.setenv("RISK_HOME", str(tmp_path))
    assert find_home().root == tmp_path
    assert find_home(Path("x")).root == Path("x")


def test_a_trader_without_a_home_sees_what_the_service_of_this_machine_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RISK_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setattr("service.home.usual_home", lambda _: tmp_path / "machine")
    own = tmp_path / "own" / "risk-manager"
    assert find_home().root == own, "no service here"

    (tmp_path / "machine" / "status").mkdir(parents=True)
    assert find_home().root == tmp_path / "machine"

    own.mkdir(parents=True)
    assert find_home().root == own, "a home of one's own comes first"
