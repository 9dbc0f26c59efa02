"""The daemon's three local doors: view (reads), trader (may only tighten), admin (peer identity and password)."""
