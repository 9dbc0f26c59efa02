"""The guard as a Windows service. Everything here needs pywin32 and runs on Windows alone."""
