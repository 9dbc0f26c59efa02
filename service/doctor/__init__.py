"""The doctor: is this home in order, and does its gateway work? Reads and asks, changes nothing."""
