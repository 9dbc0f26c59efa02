"""The guard as a service of the system, in three layers: a plan (pure data), apply, and verify, which compares.

| layer | files |
|---|---|
| plan | `plan.py`, `systemd_unit.py`, `launchd_plist.py`, `windows_plan.py` |
| apply | `systemd.py`, `launchd.py`, `service.windows` |
| verify | `files.py` (who may change what), and one per system |

`cannot tell` is a proper answer of a check; it is never turned into `pass`.
"""
