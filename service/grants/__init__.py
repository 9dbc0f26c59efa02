"""Grants: an absent partner lifts one lock over the phone by a code that fits nothing else and works once."""
