"""Tests of rules in YAML: one line per moment, a virtual account and clock, the production engine (`risk test`)."""
