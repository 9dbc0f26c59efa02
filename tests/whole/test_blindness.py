"""What the guard cannot see it does not close: blindness and a lost login are said, and nothing is done."""

from typing import Any

ACCOUNTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "auth_loss_guard": (("starter/auth_loss_guard",), {"auth_loss_guard.patience": "2s"}),
}


def warnings(desk: Any) -> list[dict[str, Any]]:
    return [act for act in desk.acts("breach") if act["tier"] == "blind"]


def is_untouched(desk: Any, fills: int) -> bool:
    return bool(
        desk.holds() == {"MES": 1}
        and len(desk.working()) == 1
        and desk.fills() == fills
        and not desk.now()["locks"]
        and not desk.now()["enforcements"]
    )


def test_a_guard_that_sees_nothing_warns_and_closes_nothing(house: Any) -> None:
    desk = house.desks["auth_loss_guard"]
    desk.do("buy 1 MES; rest buy 1 MNQ 25000; seen")
    fills = desk.fills()

    house.sim.control("/sim/faults/restart", {"seconds": 6})

    desk.becomes(lambda desk: "BLIND" in desk.now()["verdict"]["text"])
    (warning,) = desk.becomes(warnings)
    assert warning["wants"] == []
    assert "watch your positions yourself" in warning["text"]
    desk.becomes(lambda desk: desk.now()["links"]["user_hub"]["is_live"])
    desk.becomes(lambda desk: desk.now()["verdict"]["level"] != "blind")
    desk.becomes(lambda desk: len(desk.acts("release")) == len(warnings(desk)))  # seen for five seconds
    assert is_untouched(desk, fills)


def test_a_lost_login_is_said_and_closes_nothing(house: Any) -> None:
    desk = house.desks["auth_loss_guard"]
    if not desk.holds():  # this test alone
        desk.do("buy 1 MES; rest buy 1 MNQ 25000; seen")
    fills, before = desk.fills(), len(warnings(desk))

    house.sim.control("/sim/settings", {"login_code": 3})
    house.sim.control("/sim/faults/logout")

    desk.becomes(lambda desk: desk.now()["links"]["login"]["is_live"] is False)
    desk.becomes(lambda desk: len(warnings(desk)) > before)
    assert is_untouched(desk, fills)
