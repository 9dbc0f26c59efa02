"""The venue over HTTP: one budget, one token, reads that may be repeated and acts that never are."""
