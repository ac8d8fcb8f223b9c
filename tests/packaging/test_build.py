"""What was built is built anew when somebody changed it, so that no wheel carries it."""

from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def browser_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own; `build` writes one bundle and counts how often."""
    monkeypatch.setattr(hatch_build, "BROWSER_HALF", tmp_path)
    monkeypatch.setattr(hatch_build, "ROOT", tmp_path)
    for name in ("build.mjs", "package-lock.json", "tsconfig.json", "src/a.ts"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    def node(_script: Path) -> None:
        build = tmp_path / "build"
        build.mkdir(exist_ok=True)
        for each in build.iterdir():
            each.unlink()
        (build / "sealer-A.js").write_text("genuine")
        (build / "SHA256SUMS").write_text("sums")

    monkeypatch.setattr(hatch_build, "node", node)
    return tmp_path


def test_the_desk_has_a_page_for_each_folder(tmp_path: Path) -> None:
    for name in ("floods", "inbox"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.ts").write_text(f"export const {name}Page: DeskPage = {{\n")
    assert hatch_build.desk_registry(tmp_path).splitlines()[-4:] == [
        'import { floodsPage } from "./floods/index.ts";',
        'import { inboxPage } from "./inbox/index.ts";',
        "",
        "export const PAGES: DeskPages = inOrder([floodsPage, inboxPage]);",
    ]


def test_a_folder_that_declares_no_page_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "ROOT", tmp_path)
    (tmp_path / "inbox").mkdir()
    with pytest.raises(hatch_build.BuildError, match="should hold one line"):
        hatch_build.desk_registry(tmp_path)


@pytest.mark.parametrize("name", ["sealer-A.js", "sealer-A.js.br", "more-B.js"])
def test_a_changed_or_added_bundle_does_not_stay(browser_half: Path, name: str) -> None:
    hatch_build.bundle()
    (browser_half / "build" / name).write_text("/*tampered*/")
    hatch_build.bundle()
    assert [each.read_text() for each in sorted((browser_half / "build").iterdir())] == ["sums", "genuine"]


def test_what_is_as_it_was_built_is_not_built_again(browser_half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hatch_build.bundle()
    monkeypatch.delattr(hatch_build, "node")
    hatch_build.bundle()
