"""What axe-core says about a page: everything it knows, the rules of WCAG 2.2 AA that it keeps asleep included."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[2] / "youthsafe/static/pwa/node_modules/axe-core/axe.min.js"
RUN = """async () => {
    const rules = { 'target-size': { enabled: true } };  // preload would fetch styles again
    const found = await axe.run(document, { resultTypes: ['violations'], preload: false, rules });
    return found.violations.map(({ id, help, nodes }) =>
        ({ id, help, nodes: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]) }));
}"""


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, the element, and what would mend it.

    The window is made as high as the page: what lies under the strip at its end can be scrolled out of it.
    """
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return [line for rule in page.evaluate(RUN) for line in _lines(rule)]


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def _lines(rule: dict[str, Any]) -> list[str]:
    return [f"{rule['id']}: {target}: {' '.join(summary.split())}" for target, summary in rule["nodes"]]
