"""The trade clock: when the trader came and went, kept beside the locks and never stronger than they are."""
