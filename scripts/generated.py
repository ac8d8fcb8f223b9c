"""Writes the files that repeat what routes and jobs declare: `make generated`. A test holds the two equal.

They are committed, because whoever builds a wheel has no application at hand to ask, and a reader of a change sees
what it means for phones and for writers of content.
"""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from flask import Flask
from werkzeug.routing import Rule

from scripts import stolen_database
from youthsafe.accounts.permissions import OF_ROLE, Permission
from youthsafe.app import create_app
from youthsafe.config import Config
from youthsafe.jobs.registry import Job, all_jobs
from youthsafe.routing.caching import WorkerRule
from youthsafe.routing.patterns import LOCALE, beginnings, pattern_of
from youthsafe.routing.routes import Audience, Need, RoutePolicy, declared_routes
from youthsafe.web import headers, openapi

ROOT: Final = Path(__file__).parent.parent
MADE: Final = "Made by `make generated` from what routes declare; do not edit."
HEADERS: Final = ROOT / "docs/headers.md"
OPERATE: Final = ROOT / "docs/operate.md"
THREATS: Final = ROOT / "docs/threat-model.md"
WORKER_RULES: Final = ROOT / "youthsafe/static/pwa/src/generated/routes.ts"
API_TYPES: Final = ROOT / "youthsafe/static/pwa/src/generated/api.ts"
PERMISSIONS: Final = ROOT / "youthsafe/static/pwa/src/generated/permissions.ts"
PACK_ADDRESSES: Final = ROOT / "youthsafe/pack/addresses.py"

# Addresses that the worker asks for, or opens, by itself.
NAMED: Final = {
    "OFFLINE": "unlocalised.offline",
    "WORKER": "unlocalised.worker",
    "PAGES": "localised.kept_pages",
    "PLACES": "localised.kept_places",
    "BUNDLE": "reports_api.bundle",
    "REPORTS": "reports_api.send",
    "DESK": "triage.entrance",
}

TIMES: Final = {"week": 7 * 24 * 60, "day": 24 * 60, "hour": 60, "minute": 1}

Routes = list[tuple[Rule, RoutePolicy]]


def routes_of(app: Flask) -> Routes:
    """Return every address with its declaration, sorted."""
    return sorted(declared_routes(app), key=lambda each: each[0].rule)


def headers_page(app: Flask) -> str:
    """Return docs/headers.md with both tables as they are now; what stands around them is written by hand."""
    fixed = [f"| `{name}` | every answer | `{value}` |" for name, value in headers.FIXED.items()]
    documents = [f"| `{name}` | every answer but assets | `{value}` |" for name, value in headers.FOR_DOCUMENTS.items()]
    allowed = [f"| `{each}` | {need.value} |" for need in Need for each in beginnings(app, need)]
    kept = [_row(rule, policy) for rule, policy in routes_of(app)]
    return _with_tables(HEADERS, {"fixed": [*fixed, *documents], "allowed": allowed, "kept": kept})


def operate_page(_app: Flask) -> str:
    """Return docs/operate.md with the table of jobs as they are now."""
    return _with_tables(OPERATE, {"jobs": [_job_row(job) for job in all_jobs()]})


def threats_page(_app: Flask) -> str:
    """Return docs/threat-model.md with both tables of the columns as they are now."""
    return _with_tables(THREATS, {"columns": stolen_database.table(), "stays": stolen_database.stays()})


def _with_tables(page: Path, tables: dict[str, list[str]]) -> str:
    """Return a page whose named tables have these rows under their heads, which are written by hand."""
    text = page.read_text(encoding="utf-8")
    for name, rows in tables.items():
        begin, end = f"<!-- {name}: made by `make generated` -->\n", f"<!-- end of {name} -->\n"
        before, rest = text.split(begin)
        table, after = rest.split(end)
        lines = [*table.splitlines()[:2], *rows]
        text = before + begin + "".join(f"{line}\n" for line in lines) + end + after
    return text


def _job_row(job: Job) -> str:
    """Name, how often, how long at most, and what the docstring of its module says that it is for."""
    [purpose] = (sys.modules[job.run.__module__].__doc__ or "").split("\n\n")[0].strip().splitlines()
    times = f"{time_between(job.every)} | {time_between(job.limit)}"
    return f"| `{job.name}` | {times} | {re.sub('^Every [^:]+: ', '', purpose).rstrip('.')} |"


def time_between(every: timedelta) -> str:
    """How often something runs, as a person would say after “every”."""
    minutes, rest = divmod(every, timedelta(minutes=1))
    if rest and not minutes:
        return f"{rest.seconds} seconds"
    if rest or minutes < 1:
        raise ValueError(f"A job runs every so many seconds below a minute or whole minutes, and not every {every}.")
    name, size = next((name, size) for name, size in TIMES.items() if minutes % size == 0)
    return name if minutes == size else f"{minutes // size} {name}s"


def _row(rule: Rule, policy: RoutePolicy) -> str:
    methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    return (
        f"| `{rule.rule}` | {methods} | {policy.audience.value} | `{policy.caching.control}` | {policy.worker.value} |"
    )


def worker_rules(app: Flask) -> str:
    """Return the module from which the service worker knows what it may keep, and what its pages may do."""
    routes = routes_of(app)
    private = sorted({rule.rule.split("/")[1] for rule, policy in routes if policy.audience is not Audience.PUBLIC})
    named = {name: _address(routes, endpoint) for name, endpoint in NAMED.items()}
    lines = [
        f"/** {MADE} */",
        "",
        f"export type Rule = {' | '.join(json.dumps(each.value) for each in WorkerRule)};",
        "",
        "/** The first pattern that an address fits has its rule; `*` is one part, the first of them the locale. */",
        "export const RULES: readonly (readonly [string, Rule])[] = [",
        *(f"  [{json.dumps(pattern)}, {json.dumps(rule)}]," for pattern, rule in _rules(routes)),
        "];",
        "/** First parts of addresses of which nothing is kept but what has a rule. */",
        f"export const PRIVATE: readonly string[] = {json.dumps(private)};",
        "/** Beginnings of addresses whose pages may run WebAssembly, and of those that may ask where the phone is. */",
        f"export const WASM: readonly string[] = {json.dumps(list(beginnings(app, Need.WASM)))};",
        f"export const GEOLOCATION: readonly string[] = {json.dumps(list(beginnings(app, Need.GEOLOCATION)))};",
        *(f"export const {name} = {json.dumps(address)};" for name, address in named.items()),
    ]
    return "\n".join(lines) + "\n"


def _rules(routes: Routes) -> list[tuple[str, str]]:
    """The rules of kept addresses, names before variables, and of those others that a kept pattern would take in."""
    kept = {pattern_of(rule): policy.worker for rule, policy in routes if policy.worker is not WorkerRule.NEVER}
    others = {pattern_of(rule) for rule, _ in routes} - kept.keys()
    shadowed = {each: WorkerRule.NEVER for each in others if any(_takes_in(pattern, each) for pattern in kept)}
    ordered = sorted((kept | shadowed).items(), key=lambda each: [(part == "*", part) for part in each[0].split("/")])
    return [(pattern, rule.value) for pattern, rule in ordered]


def _takes_in(pattern: str, other: str) -> bool:
    """Whether a pattern fits another's addresses; no name is taken for a locale."""
    ours, theirs = pattern.split("/"), other.split("/")
    return len(ours) == len(theirs) and all(
        mine == name or (mine == "*" and place > 1 and name != "")
        for place, (mine, name) in enumerate(zip(ours, theirs, strict=True))
    )


def _address(routes: Routes, endpoint: str) -> str:
    [address] = [pattern_of(rule) for rule, _ in routes if rule.endpoint == endpoint]
    return address


def permissions(_app: Flask) -> str:
    """Return the module from which the desk knows what the server would refuse."""
    roles = {role.name.lower(): sorted(each.value for each in allowed) for role, allowed in OF_ROLE.items()}
    lines = [
        f"/** {MADE} */",
        "",
        f"export type Permission =\n{chr(10).join(f'  | {json.dumps(each.value)}' for each in Permission)};",
        "",
        f"export type Role = {' | '.join(json.dumps(each) for each in roles)};",
        "",
        "export const OF_ROLE: Record<Role, readonly Permission[]> = {",
        *(f"  {role}: {json.dumps(allowed)}," for role, allowed in roles.items()),
        "};",
    ]
    return "\n".join(lines) + "\n"


def pack_addresses(app: Flask) -> str:
    """Return the module from which the content pack knows the addresses to which its texts may link."""
    pages = [
        (rule.rule.removeprefix(LOCALE), policy) for rule, policy in routes_of(app) if rule.rule.startswith(LOCALE)
    ]
    fixed = [
        f"/{rest}"
        for rest, policy in pages
        if (not rest or rest.endswith("/"))
        and "<" not in rest
        and policy.worker is not WorkerRule.NEVER
        and policy.shows != "page"
    ]
    kinds = sorted({policy.shows for rest, policy in pages if policy.shows})
    shown = {
        kind: [f"/{rest}".replace("<", "{").replace(">", "}") for rest, policy in pages if policy.shows == kind]
        for kind in kinds
        if kind != "page"
    }
    source = [
        f'"""Addresses to which the texts of a pack may link, without their locale.\n\n{MADE}\n"""',
        "",
        "from typing import Final",
        "",
        f"FIXED: Final = frozenset({{{', '.join(json.dumps(each) for each in fixed)},}})",
        *(
            f"{kind.upper()}: Final = ({', '.join(json.dumps(each) for each in addresses)},)"
            for kind, addresses in shown.items()
        ),
        "",
    ]
    ruff = [str(Path(sys.executable).parent / "ruff"), "format", "--quiet", "-"]
    made = subprocess.run(ruff, input="\n".join(source), cwd=ROOT, check=True, capture_output=True, text=True)
    return str(made.stdout)


def api_types(app: Flask) -> str:
    """Return the module of the JSON shapes' TypeScript types, by the names that they have in the OpenAPI document."""
    shapes: dict[str, Any] = openapi.document(app)["components"]["schemas"]
    lines = [f"/** {MADE} */", ""]
    for name, shape in sorted(shapes.items()):
        lines += [f"/** {shape['description']} */"] if "description" in shape else []
        lines += [f"export type {name} = {_type(shape)};", ""]
    return "\n".join(lines[:-1]) + "\n"


_PLAIN: Final = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def _type(shape: dict[str, Any]) -> str:
    """Write a JSON schema as a type; raises KeyError for what our schemas do not use."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if "anyOf" in shape:
        return " | ".join(_type(each) for each in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(json.dumps(each) for each in shape["enum"])
    if shape["type"] == "array":
        return f"Array<{_type(shape['items'])}>"
    if shape["type"] == "object":
        return _object_type(shape)
    return _PLAIN[shape["type"]]


def _object_type(shape: dict[str, Any]) -> str:
    if not shape.get("properties"):
        others = shape.get("additionalProperties")
        return f"Record<string, {_type(others) if others else 'never'}>"
    required = shape.get("required", ())
    fields = [f"{name}{'' if name in required else '?'}: {_type(each)}" for name, each in shape["properties"].items()]
    return "{\n" + "".join(f"  {field};\n" for field in fields) + "}"


FILES: Final[dict[Path, Callable[[Flask], str]]] = {
    HEADERS: headers_page,
    OPERATE: operate_page,
    THREATS: threats_page,
    WORKER_RULES: worker_rules,
    PACK_ADDRESSES: pack_addresses,
    API_TYPES: api_types,
    PERMISSIONS: permissions,
}


def main() -> None:
    """Write every file anew."""
    logging.disable(logging.ERROR)  # there is no database, which is as it should be
    with TemporaryDirectory(prefix="youthsafe-generated-") as folder:
        config = Config(database_url=f"sqlite:///{folder}/none.db", server_secret=bytes(range(32)), testing=True)
        app = create_app(config)
        for path, made in FILES.items():
            path.write_text(made(app), encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
