"""What a phone keeps of the site: how a test waits for it, and how it looks into it."""

from time import monotonic

from playwright.sync_api import Page

PAGES, STATE = "youthsafe-pages-2", "youthsafe-state-2"
ARRIVED = "async () => await caches.match('/api/v1/bundle') !== undefined"  # what the worker asks for last
KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const requests = await (await caches.open(name)).keys();
        kept[name] = requests.map(({ url }) => new URL(url).pathname).sort();
    }
    return kept;
}"""


def wait_for_pack(page: Page) -> None:
    """Wait until the offline pack of the page's language has arrived."""
    until = monotonic() + 60
    while not page.evaluate(ARRIVED):
        assert monotonic() < until, f"the pack did not arrive: {kept(page)}"
        page.wait_for_timeout(200)


def kept(page: Page) -> dict[str, list[str]]:
    """The paths in every cache by its name."""
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def kept_paths(page: Page) -> set[str]:
    """The paths in all caches together."""
    return {path for paths in kept(page).values() for path in paths}
