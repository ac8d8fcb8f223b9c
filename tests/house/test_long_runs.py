"""A long run takes its count from the kind of run, and what it says is printed at the end."""

import pytest

from tests.long_runs import LongRun, lines_of


def test_a_count_is_reduced_unless_the_full_ones_were_asked_for(long_run: LongRun) -> None:
    assert LongRun(long_run.test, full=False).times(300, soak=1000) == 300
    assert LongRun(long_run.test, full=True).times(300, soak=1000) == 1000


def test_what_was_found_is_printed_with_its_figures(request: pytest.FixtureRequest) -> None:
    report = pytest.TestReport("tests/x.py::test_y", ("x.py", 1, "y"), {}, "passed", None, "call", duration=2.0)
    item = pytest.Function.from_parent(request.node.parent, name="made_up", callobj=lambda: None)
    LongRun(item, full=True).found("sends across kill -9", sends=1000, lost=0, worst_wait=1.23456, network="slow")
    report.user_properties = item.user_properties
    assert list(lines_of([report])) == [
        "tests/x.py::test_y (passed, 2 s)",
        "    sends across kill -9: sends 1,000, lost 0, worst wait 1.235, network slow",
    ]
