"""Recordings: what the venue said, line by line, written down and read back."""
