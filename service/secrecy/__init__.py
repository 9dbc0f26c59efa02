"""Secrets at rest: files for their owner alone, and on Windows under a seal that only this machine can open."""
