"""The venue's JSON turned into our words: exact, strict about what matters, tolerant about the rest."""
