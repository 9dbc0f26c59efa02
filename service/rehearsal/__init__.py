"""Deterministic simulation: seeded worlds in virtual time in which the engine must keep its promises."""
