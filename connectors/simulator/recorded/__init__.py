"""A recorded session served again: the same frames at the same distances, the same answers, and nothing can be changed."""
