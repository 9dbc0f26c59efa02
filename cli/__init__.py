"""The commands and screens."""
