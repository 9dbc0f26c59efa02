"""Changes of what guards an account: what is stricter holds at once, what is looser waits for the next session."""
