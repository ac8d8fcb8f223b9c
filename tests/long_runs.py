"""Long runs: how often a test repeats in `make test` and in `make soak`, and the report that both print at the end.

A test asks for the fixture `long_run`, takes its count from it and says what it found; see CONTRIBUTING.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

FULL_COUNTS = "scripts.soak"  # the plugin that `make soak` loads
_PROPERTY = "long run"


@dataclass(frozen=True)
class LongRun:
    """One test's counts, and its lines in the report."""

    test: pytest.Item
    full: bool

    def times(self, reduced: int, *, soak: int) -> int:
        """How often to repeat: `reduced` in `make test`, `soak` in `make soak`."""
        return soak if self.full else reduced

    def found(self, what: str, **figures: float | str) -> None:
        """Put one line into the report: what was run, and its figures (counts, worst, percentiles) by name."""
        told = ", ".join(f"{name.replace('_', ' ')} {_written(value)}" for name, value in figures.items())
        self.test.user_properties.append((_PROPERTY, f"{what}: {told}"))


def _written(value: float | str) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> LongRun:
    return LongRun(request.node, request.config.pluginmanager.has_plugin(FULL_COUNTS))


def lines_of(reports: list[pytest.TestReport]) -> Iterator[str]:
    """The report's lines, by test; user properties come from pytest-xdist's workers too."""
    for report in sorted(reports, key=lambda each: each.nodeid):
        lines = [line for name, line in report.user_properties if name == _PROPERTY]
        if lines:
            yield f"{report.nodeid} ({report.outcome}, {report.duration:.0f} s)"
            yield from (f"    {line}" for line in lines)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    every = [each for outcome in ("passed", "failed") for each in terminalreporter.stats.get(outcome, [])]
    lines = list(lines_of([each for each in every if each.when == "call"]))
    if lines:
        full = terminalreporter.config.pluginmanager.has_plugin(FULL_COUNTS)
        terminalreporter.section(f"long runs, {'full' if full else 'reduced'} counts")
        terminalreporter.write_line("\n".join(lines))
