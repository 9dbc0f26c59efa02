"""status/days/DATE.jsonl: what a trading day looked like, for the report. Published, so no screen opens the store."""
