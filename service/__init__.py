"""The daemon: threads, clock, store, enforcement and what is published."""
