"""Requests of a browser that are held back, so that something happens before they are answered."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Route


@dataclass
class Held:
    """Requests that wait for an answer."""

    routes: list[Route] = field(default_factory=list)

    def keep(self, route: Route) -> None:
        self.routes.append(route)

    def release(self, answer: Callable[[Route], None]) -> None:
        for route in self.routes:
            answer(route)
