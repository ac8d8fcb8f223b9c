"""Answering in the server's place, and what a page did meanwhile."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Request, Route

from tests.journeys.malice.attack import Answers, InTurn
from tests.journeys.visitors import Profile


@dataclass(frozen=True)
class Asked:
    """What a browser asked for since a moment."""

    profile: Profile
    since: int

    @property
    def requests(self) -> list[Request]:
        return self.profile.requests[self.since :]

    @property
    def sent(self) -> list[str]:
        """The addresses to which something was sent."""
        return [each.url for each in self.requests if each.method != "GET"]


@contextmanager
def lying(profile: Profile, answers: Answers) -> Iterator[Asked]:
    """Answer so whatever the page asks for."""
    patterns = [f"**/api/v1/{path}" for path in answers]
    for pattern, answer in zip(patterns, answers.values(), strict=True):
        profile.page.route(pattern, _answering(answer))
    try:
        yield Asked(profile, len(profile.requests))
    finally:
        for pattern in patterns:
            profile.page.unroute(pattern)


def _answering(answer: object) -> Callable[[Route], None]:
    answers = list(answer.answers) if isinstance(answer, InTurn) else [answer]

    def handle(route: Route) -> None:
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(now, str):
            route.fulfill(status=200, body=now, content_type="text/html")
        else:
            route.fulfill(status=200, body=json.dumps(now), content_type="application/json")

    return handle
