"""The store: what must survive a kill at any instruction, in one SQLite file that only the daemon opens."""
