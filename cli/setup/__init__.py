"""The guide of `risk admin init` and `risk admin configure`: questions, and what is shown between them."""
