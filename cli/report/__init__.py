"""`risk report`: a day, week or month as one HTML file, made of what the guard published."""
