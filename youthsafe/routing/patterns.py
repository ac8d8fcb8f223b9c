"""Addresses of routes as patterns in which `*` stands for one part, for those who meet an address before Flask does."""

import re
from collections.abc import Iterable

from flask import Flask
from werkzeug.routing import Rule

from youthsafe.routing.routes import Need, declared_routes

_VARIABLE = re.compile(r"<[^>]+>")
LOCALE = "/<locale>/"


def pattern_of(rule: Rule) -> str:
    """Write a rule's address with a `*` for each variable: `/*/havens/*/`."""
    return _VARIABLE.sub("*", rule.rule)


def beginning_of(rule: Rule) -> str:
    """Return the pattern of an address up to its first variable, which the locale is not: `/*/havens/`.

    Raises ValueError for one that would stand for the whole site.
    """
    localised = rule.rule.startswith(LOCALE)
    rest = rule.rule.removeprefix(LOCALE) if localised else rule.rule[1:]
    fixed = rest.partition("<")[0]
    if not fixed:
        raise ValueError(f"{rule.rule} stands for every address: declare what is particular to a page with a name")
    return f"/{'*/' if localised else ''}{fixed}"


def beginnings(app: Flask, need: Need) -> tuple[str, ...]:
    """Return the beginnings of all addresses whose routes declare a need, none inside another."""
    found = sorted({beginning_of(rule) for rule, policy in declared_routes(app) if need in policy.needs})
    return tuple(each for each in found if not any(each != other and each.startswith(other) for other in found))


def whole(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile patterns to an expression for whole addresses; without any it matches none."""
    return re.compile(_either(_expression(each) for each in patterns))


def beginning(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile patterns to an expression for addresses that begin so; a slash too many in front changes nothing."""
    return re.compile(_either(f"/*{_expression(each.rstrip('/'))}(?:/.*)?" for each in patterns), re.DOTALL)


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", "[^/]+")


def _either(expressions: Iterable[str]) -> str:
    return "|".join(expressions) or r"(?!)"
