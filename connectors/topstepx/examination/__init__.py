"""Looking at a live gateway step by step, without trading: for whoever asks why it does not work."""
