"""What an access list of Windows lets others do: made-up descriptors, as Explorer, installers and attackers leave them."""

import pytest

from service.system.windows_access import CHANGE, READ, REPLACE, bits, others
from service.system.windows_plan import HOME_SDDL, STATUS_SDDL

TRADER = "S-1-5-21-1-2-3-1001"
CLOSED = "O:BAG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
PROGRAM_FILES = (
    "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:PAI"
    "(A;;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(A;OICIIO;GA;;;CO)"
    "(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)(A;;0x1301bf;;;BA)(A;OICIIO;GA;;;BA)(A;OICI;0x1200a9;;;BU)"
)
"""As Windows itself sets it."""

DRIVE = (
    "O:SYG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;OICI;0x1200a9;;;BU)"
)
"""The root of a drive: every user may make folders in it, and none may take away another's."""


def test_the_planned_folders_are_closed_and_what_is_published_is_only_read() -> None:
    assert others(HOME_SDDL, CHANGE | READ) == ()
    assert others(STATUS_SDDL, CHANGE) == ()
    assert others(STATUS_SDDL, READ) == ("BU",)


def test_program_files_and_the_root_of_a_drive_are_as_safe_as_windows_makes_them() -> None:
    assert others(PROGRAM_FILES, CHANGE) == ()
    assert others(DRIVE, REPLACE) == ()
    assert others(DRIVE, CHANGE) == ("AU",), "so no program may lie right in it"


@pytest.mark.parametrize(
    "entry",
    [
        f"(A;;FA;;;{TRADER})", "(A;OICI;0x1301bf;;;AU)", "(A;;GW;;;BU)", "(A;;0x10000000;;;WD)", "(A;;DC;;;BU)",
        "(A;ID;LC;;;IU)", "(A;;SD;;;BU)", "(A;;WD;;;BU)", "(A;;WO;;;BU)", "(A;;DT;;;BU)", "(A;;0x40000000;;;BU)", "(A;;ZZ;;;BU)",
        '(XA;;FW;;;BU;(@User.Title=="trader"))',
    ],
)  # fmt: skip
def test_whoever_may_write_delete_or_change_rights_is_found(entry: str) -> None:
    assert len(others(CLOSED + entry, CHANGE)) == 1
    assert others(f"{CLOSED}{entry}S:AI(AU;SA;FA;;;WD)", CHANGE) == others(CLOSED + entry, CHANGE)


@pytest.mark.parametrize(
    "entry",
    ["(A;OICIIO;FA;;;BU)", "(A;;0x1200a9;;;BU)", "(A;;FR;;;WD)", f"(D;;FA;;;{TRADER})", "(A;;FA;;;S-1-5-18)", "(A;;RC;;;BU)"],
)  # fmt: skip
def test_readers_heirs_and_those_who_are_denied_change_nothing(entry: str) -> None:
    assert others(CLOSED + entry, CHANGE) == ()


def test_an_owner_may_give_himself_every_right() -> None:
    assert others(CLOSED.replace("O:BA", f"O:{TRADER}"), READ) == (TRADER,)


@pytest.mark.parametrize("sddl", ["O:BAG:SY", "O:BAG:SYD:NO_ACCESS_CONTROL"])
def test_no_access_list_at_all_is_open_to_everybody(sddl: str) -> None:
    assert others(sddl, READ) == ("everybody",)


def test_rights_are_numbers_or_codes_and_an_unknown_one_is_every_right() -> None:
    assert bits("FRFW") == bits("0x12019f")
    assert bits("0x80000000") & READ
    assert bits("0x90000000") & bits("FA") == bits("FA"), "two generic ones together"
    assert bits("QQ") == bits("FA")
