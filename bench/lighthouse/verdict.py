"""What several runs of Lighthouse on one page come to, and whether that will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
PERFECT: Final = 100
# The most that is allowed: milliseconds on Lighthouse's simulated phone, and shares of the screen that moved.
LIMITS: Final = {"largest-contentful-paint": 1200.0, "cumulative-layout-shift": 0.0, "total-blocking-time": 50.0}

Report = dict[str, Any]  # Lighthouse's own JSON, "LHR" in its documentation


@dataclass(frozen=True, slots=True)
class Verdict:
    """Medians of one page: scores out of 100 by category, and figures by Lighthouse's name for them."""

    path: str
    scores: dict[str, float]
    figures: dict[str, float]
    indexed: bool
    complaints: tuple[str, ...]

    @property
    def missed(self) -> list[str]:
        """The categories and figures that fall short; a page that search engines must leave alone needs no SEO."""
        wanted = [name for name in CATEGORIES if self.indexed or name != "seo"]
        low = [name for name in wanted if self.scores[name] < PERFECT]
        return low + [name for name, most in LIMITS.items() if self.figures[name] > most]


def of(path: str, reports: Sequence[Report], *, indexed: bool) -> Verdict:
    """Take the medians of a page's reports, and what any of them complained of."""
    return Verdict(
        path=path,
        scores={name: median(_score(each, name) for each in reports) for name in CATEGORIES},
        figures={name: median(each["audits"][name]["numericValue"] for each in reports) for name in LIMITS},
        indexed=indexed,
        complaints=tuple(sorted({line for each in reports for line in _complaints(each)})),
    )


def _score(report: Report, category: str) -> float:
    score = report["categories"][category]["score"]
    return 0 if score is None else round(score * PERFECT)  # None: an audit of the category did not finish


def _complaints(report: Report) -> list[str]:
    """The audits that cost a page points, with what Lighthouse calls them."""
    weighed = {each["id"] for name in CATEGORIES for each in report["categories"][name]["auditRefs"] if each["weight"]}
    audits = [report["audits"][name] for name in sorted(weighed)]
    return [f"{each['id']}: {each['title']}" for each in audits if (each["score"] or 0) < 1 and _counts(each)]


def _counts(audit: dict[str, Any]) -> bool:
    return audit["scoreDisplayMode"] not in {"notApplicable", "informative", "manual"}
