"""Settings: the examples load, and every mistake is told with its place and its fix."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from dsl.render import render_text
from engine.rule import Mode
from engine.units import DAY, HOUR
from service.home import Home
from service.settings_read import read_home

EXAMPLES = Path(__file__).resolve().parents[2] / "service" / "examples"
GOOD = (EXAMPLES / "settings.yaml").read_text()
ACCOUNT = "id: 12\nlogin: main\nruleset: starter\n"


class GoldenText(SingleFileSnapshotExtension):
    """One readable file a case."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(GoldenText)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.chdir(tmp_path)  # so that the golden texts show short paths
    for name in ("RISK_LOG_LEVEL", "RISK_HOME", "RISK_API_KEY_MAIN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "accounts").mkdir()
    return Home(Path())


def test_the_commented_examples_are_a_working_home(home: Home) -> None:
    home.settings.write_text(GOOD)
    (home.accounts / "alice.yaml").write_text((EXAMPLES / "account.yaml").read_text())

    read = read_home(home)

    assert read.problems == ()
    assert read.settings is not None
    alice = read.settings.accounts[0]
    assert (alice.name, alice.id, alice.login, alice.mode, alice.watch) == (
        "alice",
        9120345,
        "main",
        Mode.SHADOW,
        ("ES", "MNQ"),
    )
    assert alice.overrides == {"max_contracts.limit": "3 contracts", "daily_realized_loss.limit": "$750"}
    assert read.settings.logins["main"].urls.user_hub == "wss://rtc.topstepx.com/hubs/user"
    assert (read.settings.keep_journal, read.settings.loosen_delay) == (2 * DAY, HOUR)
    assert (read.settings.logs.level, read.settings.logs.max_bytes) == ("INFO", 10_000_000)


SETTINGS = {
    "unknown_key": GOOD.replace("user_hub:", "userhub:"),
    "missing_login_part": GOOD.replace("    user_name: jane.doe", "    #"),
    "unknown_gateway": GOOD.replace("gateway: topstepx ", "gateway: topstep "),
    "plain_http_to_the_world": GOOD.replace("https://api.topstepx.com", "http://api.topstepx.com"),
    "no_address": GOOD.replace("https://api.topstepx.com", "api.topstepx.com"),
    "empty_gateways": "gateways: {}\nlogins: {}\n",
    "no_value": "gateways:\nlogins:\n",
    "a_list": "- gateways\n",
    "wrong_level_size_and_count": GOOD.replace("level: info", "level: loud")
    .replace("10 MB", "ten")
    .replace("keep: 7", "keep: 0"),
    "wrong_length": GOOD.replace("loosen_delay: 1h", "loosen_delay: an hour"),
    "written_twice": GOOD + "loosen_delay: 2h\n",
    "tab": GOOD.replace("  level: info", "\tlevel: info"),
    "secret_in_settings": GOOD.replace("user_name: jane.doe", "user_name: jane.doe\n    api_key: abc"),
    "login_name_with_a_space": GOOD.replace("  main:", "  my login:"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_mistake_in_settings_is_told_with_place_and_fix(
    home: Home, name: str, golden: SnapshotAssertion
) -> None:
    home.settings.write_text(SETTINGS[name])

    read = read_home(home)

    assert read.settings is None
    assert render_text(read.problems) + "\n" == golden


ACCOUNTS = {
    "unknown_login": ACCOUNT.replace("main", "second"),
    "missing_id": ACCOUNT.replace("id: 12\n", ""),
    "id_of_letters": ACCOUNT.replace("12", "alice"),
    "unknown_mode": ACCOUNT + "mode: enforced\n",
    "override_without_a_rule": ACCOUNT + "set:\n  limit: $5\n",
    "override_with_a_list": ACCOUNT + "set:\n  a.limit: [1, 2]\n",
    "watch_without_a_list": ACCOUNT + "watch: ES\n",
    "everything_at_once": "idd: 12\nlogin:\nmode: on\nrulset: x\nwatch: [ES, 'E S']\n",
    "broken_yaml": "id: [12\n",
}


@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_mistake_in_an_account_is_told_with_place_and_fix(
    home: Home, name: str, golden: SnapshotAssertion
) -> None:
    home.settings.write_text(GOOD)
    (home.accounts / "alice.yaml").write_text(ACCOUNTS[name])

    read = read_home(home)

    assert read.settings is None
    assert render_text(read.problems) + "\n" == golden


def test_one_account_in_two_files_is_a_mistake(home: Home, golden: SnapshotAssertion) -> None:
    home.settings.write_text(GOOD)
    for name in ("alice", "bob"):
        (home.accounts / f"{name}.yaml").write_text(ACCOUNT)

    assert render_text(read_home(home).problems) + "\n" == golden


def test_a_home_without_settings_says_which_file_is_missing(home: Home, golden: SnapshotAssertion) -> None:
    assert render_text(read_home(home).problems) + "\n" == golden


def test_values_stay_what_was_written(home: Home) -> None:
    home.settings.write_text(GOOD.replace("jane.doe", "0123"))
    (home.accounts / "no.yaml").write_text(ACCOUNT + "set:\n  a.start: 17:00\n  a.on: no\n")

    settings = read_home(home).settings

    assert settings is not None
    assert settings.logins["main"].user_name == "0123"
    assert settings.accounts[0].overrides == {"a.start": "17:00", "a.on": "no"}


def test_the_environment_is_stronger_than_the_file_for_the_log_level(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.settings.write_text(GOOD)
    monkeypatch.setenv("RISK_LOG_LEVEL", "debug")

    settings = read_home(home).settings

    assert settings is not None
    assert settings.logs.level == "DEBUG"


def test_a_gateway_without_its_stream_has_no_hubs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    text = (EXAMPLES / "settings.yaml").read_text().replace("# stream: off", "stream: off")
    (home / "settings.yaml").write_text(text)

    settings = read_home(Home(home)).settings

    assert settings is not None
    urls = settings.logins["main"].urls
    assert (urls.api, urls.user_hub, urls.market_hub) == ("https://api.topstepx.com", None, None)
