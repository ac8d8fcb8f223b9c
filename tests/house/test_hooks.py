"""Hooks are the application's: what `app.py` leaves out of Flask would never run a blueprint's own."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask


def _hooks(app: Flask) -> dict[str | None, list[Callable[..., Any]]]:
    found: dict[str | None, list[Callable[..., Any]]] = {}
    for kept in (app.url_value_preprocessors, app.before_request_funcs, app.after_request_funcs):
        for owner, hooks in kept.items():
            found.setdefault(owner, []).extend(hooks)
    return found


def test_no_blueprint_has_hooks_of_its_own(app: Flask) -> None:
    assert [owner for owner, hooks in _hooks(app).items() if owner is not None and hooks] == []


def test_nothing_waits_for_the_end_of_a_request(app: Flask) -> None:
    assert not any(app.teardown_request_funcs.values())


def test_no_hook_is_asynchronous(app: Flask) -> None:
    hooks = _hooks(app)[None] + app.teardown_appcontext_funcs
    assert hooks
    assert not any(iscoroutinefunction(each) for each in hooks)
