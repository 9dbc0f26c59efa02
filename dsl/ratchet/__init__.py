"""Whether new rules are stricter than old ones: only what is proved counts as stricter, all else as looser."""
