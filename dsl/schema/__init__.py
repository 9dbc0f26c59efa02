"""JSON Schemas of the rule language for editors, made from the same tables as the checker."""
