"""A pytest plugin: `make soak` runs what repeats, with its full counts, and leaves the rest to `make test`.

A test repeats when it is a property of hypothesis or asks for the fixture `long_run`, which sees this plugin.
tests/long_runs.py prints the report at the end.
"""

import pytest
from hypothesis import is_hypothesis_test, settings

settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.load_profile("soak")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    once = [item for item in items if not _repeats(item)]
    items[:] = [item for item in items if _repeats(item)]
    config.hook.pytest_deselected(items=once)


def _repeats(item: pytest.Item) -> bool:
    asks = "long_run" in getattr(item, "fixturenames", ())
    return asks or is_hypothesis_test(getattr(item, "obj", None))
