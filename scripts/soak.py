"""A pytest plugin with the full counts: `make soak` runs every property many times over and prints a report."""

from hypothesis import settings

settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.load_profile("soak")
