"""The status as published: from the engine's frozen states to the document `risk.status/1`."""
