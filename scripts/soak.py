"""A pytest plugin with the full counts: `make soak` runs every property many times over.

Other long tests see that it is loaded and raise their counts; tests/long_runs.py prints their report at the end.
"""

from hypothesis import settings

settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.load_profile("soak")
