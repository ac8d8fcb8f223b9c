"""No Python that the server imports can open a report (house rule 4)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import youthsafe

PACKAGE = Path(youthsafe.__file__).parent
SEALING_ROOMS = {"demo", "recovery"}  # neither is imported by the server: see the import contracts
SEALS = Path("drills/sealing.py")  # the server's own: what it seals is the same for everybody


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_hpke_is_imported_nowhere_but_where_keys_are_made() -> None:
    importers = {path for path, tree in _modules() if any("hpke" in name or "mlkem" in name for name in _imports(tree))}
    assert {path.parts[0] for path in importers - {SEALS}} <= SEALING_ROOMS


def test_the_servers_own_sealing_has_no_word_for_opening() -> None:
    tree = ast.parse((PACKAGE / SEALS).read_text(encoding="utf-8"))
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert named.isdisjoint({"decrypt", "decapsulate", "exchange", "private_bytes", "private_bytes_raw"})
    assert not any("MLKEM768X25519PrivateKey" in name for name in _imports(tree))


def test_files_are_nouns_and_never_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [path for path, _ in _modules() if path.stem in drawers] == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in _modules()
        for node in [
            *tree.body,
            *(each for owner in tree.body if isinstance(owner, ast.ClassDef) for each in owner.body),
        ]
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
        and not _is_protocol_method(node)
    ]
    assert silent == []


def _is_protocol_method(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return isinstance(node, ast.FunctionDef) and ast.unparse(node.body[-1]) == "..."
