"""What decides: pure functions over state and events, with no clock, file, thread or socket."""
