"""New text of a rule taken up by the real process: a timer runs on, a broken file never unloads a good ruleset."""

from typing import Any

RULE = "no_stop_loss_grace"
ACCOUNTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "edited": ((f"starter/{RULE}",), {f"{RULE}.grace": "50s"}),
    "broken": ((f"starter/{RULE}",), {f"{RULE}.grace": "50s"}),
}


def rewrite(house: Any, account: str, old: str, new: str) -> None:
    path = house.home / "rulesets" / account / f"{RULE}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def pending(desk: Any) -> list[str]:
    return [row["pending_until"] for row in desk.gauge(RULE) if row["pending_until"]]


def test_a_timer_runs_on_under_a_new_message_through_a_kill_and_a_start(house: Any) -> None:
    desk = house.desks["edited"]
    desk.do("buy 1 MES")
    before = desk.becomes(pending)
    digest = desk.now()["ruleset"]["digest"]

    house.kill()
    rewrite(house, "edited", "You may enter again with a stop.", "Enter again, with a stop.")
    house.start()

    assert desk.now()["ruleset"]["digest"] != digest
    assert desk.becomes(pending) == before
    house.leap(advance=50)
    desk.becomes(lambda desk: desk.holds() == {})
    (breach,) = desk.becomes(lambda desk: desk.acts("breach"))
    assert "Enter again, with a stop." in breach["text"]


def test_a_broken_file_leaves_the_last_good_rules_in_force_and_says_so(house: Any) -> None:
    desk = house.desks["broken"]
    house.kill()
    rewrite(house, "broken", "when: position.uncovered > 0\nfor", "when: position.uncoverd >\nfor")
    house.start()

    alarms = {alarm["code"]: alarm["text"] for alarm in house.status()["daemon"]["alarms"]}
    assert "the last good ones are in force" in alarms["rules:broken"]
    desk.do("buy 1 MES")
    desk.becomes(pending)
    house.leap(advance=50)
    desk.becomes(lambda desk: desk.holds() == {})
