"""Setting a home up: what a first-time admin is asked, tried at the venue before anything is stored."""
