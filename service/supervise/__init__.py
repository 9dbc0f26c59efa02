"""A small parent that starts the guard, listens to its heartbeat, and starts it again when it hangs or dies.

The guard proves by one line a second on its standard output that its engine thread still turns. It ends when its
standard input ends, so that a parent that was killed leaves no guard behind that nobody looks after.
"""
