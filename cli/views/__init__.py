"""What people see: each view turns published data into text, and reads nothing by itself."""
