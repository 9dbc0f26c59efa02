"""Builds the dated market calendar that is shipped as `dsl/market_data/cme.json`. For releases only."""
