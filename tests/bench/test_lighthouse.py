"""What `make audit` makes of Lighthouse's reports."""

from collections.abc import Callable
from typing import Any

import pytest

from bench.lighthouse import __main__ as audit
from bench.lighthouse import verdict
from youthsafe.app import create_app
from youthsafe.config import Config

Change = Callable[[dict[str, Any]], object]


def report(*changes: Change) -> dict[str, Any]:
    """A perfect report in Lighthouse's form, but for the changes."""
    audits = {
        name: {"id": name, "title": name.title(), "score": 1, "scoreDisplayMode": "numeric", "numericValue": 0}
        for name in (*verdict.LIMITS, "label", "charset", "meta-description")
    }
    owners = zip(verdict.CATEGORIES, ("total-blocking-time", "label", "charset", "meta-description"), strict=True)
    found = {
        "audits": audits,
        "categories": {name: {"score": 1, "auditRefs": [{"id": audit, "weight": 1}]} for name, audit in owners},
    }
    for change in changes:
        change(found)
    return found


def scored(category: str, score: float | None) -> Change:
    return lambda report: report["categories"][category].update(score=score)


def measured(figure: str, value: float) -> Change:
    return lambda report: report["audits"][figure].update(numericValue=value)


def missed(*reports: dict[str, Any], indexed: bool = True) -> list[str]:
    return verdict.of("/en/", reports, indexed=indexed).missed


def test_a_perfect_page_misses_nothing() -> None:
    assert missed(report(), report(), report()) == []


@pytest.mark.parametrize("category", verdict.CATEGORIES)
def test_the_median_of_every_category_must_be_100(category: str) -> None:
    low = report(scored(category, 0.99))
    assert missed(report(), low, report()) == []
    assert missed(low, report(), low) == [category]


def test_a_category_that_could_not_be_scored_is_missed() -> None:
    assert missed(report(scored("seo", None))) == ["seo"]


def test_a_page_that_search_engines_leave_alone_is_exempt_from_seo_only() -> None:
    low = report(scored("seo", 0.5), scored("accessibility", 0.5))
    assert missed(low, indexed=False) == ["accessibility"]


@pytest.mark.parametrize(
    ("figure", "allowed", "too_much"),
    [("largest-contentful-paint", 1200, 1201), ("cumulative-layout-shift", 0, 0.001), ("total-blocking-time", 50, 51)],
)
def test_figures_have_limits_of_their_own(figure: str, allowed: float, too_much: float) -> None:
    assert missed(report(measured(figure, allowed))) == []
    assert missed(report(measured(figure, too_much))) == [figure]


def test_what_cost_points_is_named() -> None:
    unlabelled = report(lambda report: report["audits"]["label"].update(score=0, title="A field has no label"))
    assert verdict.of("/en/", [report(), unlabelled], indexed=True).complaints == ("label: A field has no label",)


def test_the_audited_pages_exist_and_are_open_to_search_engines(config: Config) -> None:
    client = create_app(config).test_client()
    for path in audit.PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not audit.NOINDEX.search(answer.data), path
    assert audit.NOINDEX.search(client.get("/leaving").data)
