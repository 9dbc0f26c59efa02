"""Telling people who do not sit at the screen: from the acts log and the alarms to their phones.

It reads what the guard has written already, on a thread of its own: a message that hangs or fails delays nothing.
"""
