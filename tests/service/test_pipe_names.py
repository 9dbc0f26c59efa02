"""The doors on Windows, as far as they are plain data: names and access lists."""

from pathlib import Path

from service.doors.pipe_names import descriptor, pipe_name

HOME = Path("C:/ProgramData/RiskManager")


def test_only_the_admin_door_of_an_elevated_guard_is_below_the_protected_prefix() -> None:
    name = pipe_name(HOME, "admin", is_protected=True)

    assert name.startswith(r"\\.\pipe\ProtectedPrefix\Administrators\RiskManager" + "\\")
    assert pipe_name(HOME, "view", is_protected=False).startswith(r"\\.\pipe\RiskManager" + "\\")
    assert pipe_name(Path("D:/other"), "view", is_protected=False) != pipe_name(
        HOME, "view", is_protected=False
    )


def test_users_may_read_and_write_and_make_no_pipe_of_that_name() -> None:
    assert descriptor("trader", is_elevated=True, own="S-1-5-18") == (
        "O:BAG:SYD:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;0x12019b;;;IU)"
    )
    assert descriptor("admin", is_elevated=True, own="S-1-5-18") == "O:BAG:SYD:P(A;;GA;;;SY)(A;;GA;;;BA)"


def test_a_development_run_without_elevation_is_its_own_users() -> None:
    own = "S-1-5-21-1-2-3-1001"

    assert (
        descriptor("admin", is_elevated=False, own=own)
        == f"O:{own}G:{own}D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;{own})"
    )
