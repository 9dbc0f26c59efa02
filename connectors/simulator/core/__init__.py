"""The venue without sockets, threads or a clock: commands and time in, events out, the same from the same seed."""
