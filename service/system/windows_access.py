"""What an access list of Windows lets others do, by its effect: administrators' own entries and their order are no matter.

Source of codes and bits: Microsoft, "ACE Strings" and "File Access Rights Constants".
"""

import re
from functools import reduce
from operator import or_

TRUSTED = frozenset(
    {
        "SY", "S-1-5-18",  # the system
        "BA", "S-1-5-32-544",  # administrators
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",  # TrustedInstaller: Windows itself
    }
)  # fmt: skip

CODES = {
    "FA": 0x1F01FF, "FR": 0x120089, "FW": 0x120116, "FX": 0x1200A0,
    "GA": 0x1F01FF, "GR": 0x120089, "GW": 0x120116, "GX": 0x1200A0,
    "CC": 0x1, "DC": 0x2, "LC": 0x4, "SW": 0x8, "RP": 0x10, "WP": 0x20, "DT": 0x40, "LO": 0x80, "CR": 0x100,
    "SD": 0x10000, "RC": 0x20000, "WD": 0x40000, "WO": 0x80000,
}  # fmt: skip
GENERIC = {0x10000000: 0x1F01FF, 0x20000000: 0x1200A0, 0x40000000: 0x120116, 0x80000000: 0x120089}

READ = 0x1
REPLACE = 0x40 | 0x10000 | 0x40000 | 0x80000
"""Delete it or what is in it, change its rights, take it: with one of these on a parent a whole folder is replaced."""

CHANGE = REPLACE | 0x2 | 0x4
"""Or write to it, or put something into it."""

_ENTRY = re.compile(r"\(([A-Z]+);([A-Z]*);([0-9A-Za-z]*);[^;()]*;[^;()]*;([^;()]+)")
"""Kind, flags, rights and whose; a condition after that makes an entry no safer."""

_OWNER = re.compile(r"O:([A-Z]{2}|S-[0-9-]+)")


def others(sddl: str, rights: int) -> tuple[str, ...]:
    """Return who else has one of the rights, or owns it and so can give himself each. SIDs, or SDDL's short names.

    Entries that deny are left out: they stand in front or not, and nobody has to rely on them.
    """
    found = []
    owner = _OWNER.match(sddl)
    if owner is not None and owner.group(1) not in TRUSTED:
        found.append(owner.group(1))
    entries = sddl.partition("D:")[2].partition(")S:")[0]
    if not entries or entries.startswith("NO_ACCESS_CONTROL"):
        return (*found, "everybody")
    for kind, flags, mask, who in _ENTRY.findall(entries):
        is_here = "IO" not in re.findall("..", flags)  # else only for what will be made in it
        if kind.endswith("A") and is_here and who not in TRUSTED and bits(mask) & rights:
            found.append(who)
    return tuple(dict.fromkeys(found))


def bits(mask: str) -> int:
    """Return the rights of an entry as bits: written as a number, or as codes of two letters."""
    if mask.lower().startswith("0x"):
        number = int(mask, 16)
        parts = [number, *(meant for generic, meant in GENERIC.items() if number & generic)]
    else:
        parts = [CODES.get(code, CODES["FA"]) for code in re.findall("..", mask)]  # unknown is not safe
    return reduce(or_, parts, 0)
