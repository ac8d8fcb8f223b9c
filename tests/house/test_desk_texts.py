"""Every text of the desk is found in its TypeScript, and reaches the browser in its language."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import hatch_build
from scripts.translations import METHODS
from tests.packs import packaged
from youthsafe.resources import assets_folder

DESK = hatch_build.DESK
SAID = re.compile(r'\b(?:_|ngettext)\(\s*("(?:[^"\\]|\\.)*")')
ASKED = re.compile(r"\b(?:_|ngettext)\(")
LANGUAGES = [locale.tag for locale in packaged().site.locales[1:]]


def sources() -> list[Path]:
    found = [each for each in DESK.rglob("*.ts*") if ".test." not in each.name and each.name != "texts.ts"]
    assert len(found) > 40
    return found


def extracted(folder: Path) -> set[str]:
    found = extract_from_dir(folder, hatch_build.DESK_TEXTS)
    return {text if isinstance(text, str) else text[0] for _path, _line, text, _comments, _context in found}


def test_babel_finds_every_text_that_stands_in_the_code() -> None:
    written = {json.loads(text) for path in sources() for text in SAID.findall(path.read_text(encoding="utf-8"))}
    assert len(written) > 200
    assert extracted(DESK) == written


def test_every_text_stands_in_the_code_as_it_is_so_that_it_can_be_found() -> None:
    for path in sources():
        code = path.read_text(encoding="utf-8")
        assert len(ASKED.findall(code)) == len(SAID.findall(code)), f"{path.name}: a text that is put together"


def test_texts_are_found_between_tags_and_types_and_not_inside_a_template(tmp_path: Path) -> None:
    (tmp_path / "view.tsx").write_text(
        """const found = new Map<string, string[]>();
const words = { a: () => _("in an arrow"), b: `${_("in a template")}` };
const View = ({ a }: { a: number }) => (
  <p class="x" title={_("in an attribute")}>
    {a > 1 && a < 3 ? <b>{_("between %(a)s tags", { a: number(a) })}</b> : _("it’s an apostrophe, and \\"quotes\\"")}
    {ngettext("%(count)s page", "%(count)s pages", a)}
  </p>
);
""",
        encoding="utf-8",
    )
    (tmp_path / "view.test.tsx").write_text('_("of a test");', encoding="utf-8")
    assert extracted(tmp_path) == {
        "in an arrow",
        "in an attribute",
        "between %(a)s tags",
        'it’s an apostrophe, and "quotes"',
        "%(count)s page",
    }


def test_the_catalogues_and_the_build_read_the_desk_in_the_same_way() -> None:
    of_desk = [(pattern.removeprefix("static/pwa/src/desk/"), how) for pattern, how in METHODS if "desk" in pattern]
    assert of_desk == hatch_build.DESK_TEXTS


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_browser_gets_every_text_of_the_desk_in_its_language(locale: str) -> None:
    names = json.loads((assets_folder() / "manifest.json").read_text(encoding="utf-8"))
    of_desk = [names[name] for name in names if re.fullmatch(rf"desk_(\w+_)?{locale}\.json", name)]
    catalogues = [json.loads((assets_folder() / name).read_text(encoding="utf-8")) for name in of_desk]
    assert {text for each in catalogues for text in each["texts"]} == extracted(DESK)
    assert all("other" in each["plural"] or "many" in each["plural"] for each in catalogues)


def test_texts_come_with_the_page_that_says_them_or_first_where_the_desk_itself_does() -> None:
    texts = hatch_build.desk_texts(DESK)
    assert "Sign in" in texts[""]
    assert "Search" in texts["inbox"], "nobody who has yet to sign in waits for a page"
    assert "Settings" in texts[""], "a page's title, which the menu has"
    step = "Step of work"
    assert [page for page in texts if step in texts[page]] == ["floods", "work_asked"], "two pages have that part"
    assert not any(texts[""] & of_page for page, of_page in texts.items() if page)


def test_every_page_of_the_desk_is_in_its_registry() -> None:
    registry = (DESK / "pages/registry.ts").read_text(encoding="utf-8")
    assert registry == hatch_build.desk_registry(DESK / "pages"), "run `make assets`"
    for folder in (each.name for each in (DESK / "pages").iterdir() if each.is_dir()):
        assert {each.name for each in (DESK / "pages" / folder).iterdir()} >= {"index.ts", "view.tsx", "view.test.tsx"}
