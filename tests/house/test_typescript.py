"""The browser half is strict TypeScript: what comes in is parsed, floors stand on floors, and names do the talking."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hatch_build import BROWSER_HALF, NODE

SRC = BROWSER_HALF / "src"
BIOME = BROWSER_HALF / "node_modules/@biomejs/biome/bin/biome"
SOURCES = sorted(
    path
    for kind in ("*.ts", "*.tsx")
    for path in SRC.rglob(kind)
    if "generated" not in path.parts and ".test." not in path.name
)

#: What a folder may import; the pages stand above all of these.
FLOORS = {
    "lib": set(),
    "crypto": set(),
    "outbox": {"lib", "generated"},
    "trust": {"lib", "crypto"},
    "app": {"lib", "outbox"},
    "sw": {"lib", "outbox", "generated"},
}
PAGES = {"cards", "check", "find", "havens", "replies", "report", "teach", "desk"}
#: What the mailbox's page shares with the form; the form imports nothing of it.
SHARED = {("replies", "report")}
#: Read by node as it is, before anything is built.
CONFIGURATION = {"build.mjs", "tests/loader.mjs"}
MADE = {"node_modules", "build", "build.new"}
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
COMMENT = re.compile(r"^\s*(?://|/\*|\*|\{/\*)")


def _imports() -> list[tuple[Path, Path]]:
    """Each import of one file of ours by another, by their paths in src."""
    return [
        (path.relative_to(SRC), (path.parent / name).resolve().relative_to(SRC))
        for path in SOURCES
        for name in IMPORT.findall(path.read_text(encoding="utf-8"))
    ]


def test_a_folder_imports_only_what_lies_below_it() -> None:
    wrong = [
        f"{path} imports {imported}"
        for path, imported in _imports()
        if (above := path.parts[0]) in FLOORS and imported.parts[0] not in FLOORS[above] | {above}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_page_imports_another() -> None:
    wrong = [
        f"{path} imports {imported}"
        for path, imported in _imports()
        if {path.parts[0], imported.parts[0]} <= PAGES
        and path.parts[0] != imported.parts[0]
        and (path.parts[0], imported.parts[0]) not in SHARED
    ]
    assert not wrong, "\n".join(wrong)


def test_what_seals_and_opens_knows_no_document_no_store_and_no_network() -> None:
    reach = re.compile(
        r"\b(?:document|window|fetch|indexedDB|localStorage|sessionStorage|caches|navigator|location)\b[.(]"
    )
    found = [
        path.name for path in SOURCES if path.parts[-2] == "crypto" and reach.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_is_written_in_javascript_but_configuration() -> None:
    scripts = {
        str(path.relative_to(BROWSER_HALF))
        for path in BROWSER_HALF.rglob("*.*js*")
        if path.suffix in {".js", ".jsx", ".mjs", ".cjs"} and not MADE & set(path.parts)
    }
    assert scripts == CONFIGURATION


def test_at_most_15_lines_of_100_are_comments() -> None:
    lines = [line for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    comments = [line for line in lines if COMMENT.match(line)]
    assert len(comments) / len(lines) <= 0.15


@pytest.mark.parametrize(
    "line",
    [
        "export const seeded = JSON.parse('1') as number;",
        "export const seeded = JSON.parse('1') as unknown as readonly ['x as const'];",
        "export const seeded = <number>JSON.parse('1');",
        "export const seeded: any = 1;",
        "// @ts-ignore\nexport const seeded = 1;",
        "export const seeded = document.querySelector('main')!;",
    ],
)
def test_a_type_that_is_only_asserted_is_found(tmp_path: Path, line: str) -> None:
    assert _linted(tmp_path, "src/seeded.ts", line).returncode == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/seeded.ts", "export const seeded = [1] as const;"),
        ("src/seeded.ts", "export const seeded = { a: 1 } satisfies Record<string, number>;"),
        ("src/seeded.ts", "import { one as two } from './other.ts';\nexport const seeded = two;"),
        ("src/lib/parse/seeded.ts", "export const seeded = (value: unknown) => value as number;"),
    ],
)
def test_what_asserts_nothing_or_parses_is_left_alone(tmp_path: Path, path: str, line: str) -> None:
    linted = _linted(tmp_path, path, line)
    assert linted.returncode == 0, linted.stdout


def _linted(folder: Path, path: str, text: str) -> subprocess.CompletedProcess[str]:
    """Let Biome look at one file by the rules of this project, in a folder of its own."""
    for name in ("biome.json", "no-type-assertions.grit"):
        shutil.copy(BROWSER_HALF / name, folder)
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(f"{text}\n")
    command = [NODE / "bin/node", BIOME, "lint", "--error-on-warnings", folder]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
