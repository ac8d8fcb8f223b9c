"""Braille files: pages of 25 lines of 40 cells that a printer takes, and that are read back as the same words."""

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.packs import Change, packaged
from youthsafe.pack import braille
from youthsafe.pack.braille import CELLS, LINES, BrailleError, passages, translate
from youthsafe.pack.commands import content
from youthsafe.pack.pack import load

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"
TABLES = {locale.tag: locale.braille for locale in packaged().site.locales if locale.braille}
BRF = re.compile(r"[ -_]*")  # the 64 signs of Braille in ASCII


@pytest.fixture(autouse=True)
def liblouis() -> str:
    """The command that every test here needs, which `make test` installs."""
    found = shutil.which(braille.COMMAND)
    assert found, "install liblouis-bin: scripts/system-packages.sh does"
    return found


def write(folder: Path, into: Path) -> Result:
    return CliRunner().invoke(content, ["braille", str(into), str(folder)])


def said(locale: str) -> list[str]:
    """Everything that the files of a language say in it."""
    pack = packaged()
    found = [each for topic in pack.topics(locale) for each in passages(topic, pack.services.services)]
    return list(dict.fromkeys(" ".join(each.text.split()) for each in found if each.locale == locale))


ARABIC_SIGNS = range(27, 36)  # of vowels and doubling: Braille has the last before its letter, and liblouis leaves it
# Signs for whole words that liblouis 3.24 writes as the rules say, and reads back in part: "5" alone is "enough".
READ_IN_PART = {"enough": {"en"}, "were": {""}, "people": {"p"}}
LATIN = re.compile("[A-Za-z]")


def letters(text: str) -> str:
    """What a reader hears: letters and digits, without signs and capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    heard = (each for each in folded if unicodedata.combining(each) not in ARABIC_SIGNS and each != "\u0640")
    return "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else each
        for each in heard
        if unicodedata.category(each)[0] in "LMN"
    )


def is_same(locale: str, text: str, read: str) -> bool:
    """Whether a text was read back; of one in Arabic letters, up to its first English word, whose dots mean others."""
    if locale == "ar":
        before = letters(LATIN.split(text, maxsplit=1)[0])
        return letters(read).startswith(before) if LATIN.search(text) else letters(read) == before
    lost, found = (Counter(letters(word) for word in each.split()) for each in (text, read))
    allowed = {word for each in lost - found for word in READ_IN_PART.get(each, ())}
    return letters(text) == letters(read) or (set(lost - found) <= set(READ_IN_PART) and set(found - lost) <= allowed)


@pytest.mark.parametrize("locale", TABLES)
def test_what_is_written_is_read_back_as_the_same_words(locale: str) -> None:
    texts = said(locale)
    assert len(texts) > 500
    back = translate(translate(texts, TABLES[locale]), TABLES[locale], back=True)
    other = [(text, read) for text, read in zip(texts, back, strict=True) if not is_same(locale, text, read)]
    assert other == []


def test_a_wrong_letter_would_be_found() -> None:
    assert not is_same("en", "There is not enough at home", "There is not en at hope")
    assert not is_same("en", "He had food", "He had en")
    assert not is_same("ar", "اتصل بالرقم 999", "اتصل بالرقم 998")
    assert is_same("ar", "التنمّر", "التّنمر")


def test_a_sign_without_six_dots_is_named() -> None:
    with pytest.raises(BrailleError, match="no six dots for a sign of this text: Hi 😀"):
        translate(["Hi 😀"], TABLES["en"])


def test_a_pack_is_written_as_a_folder_a_language_and_a_file_a_topic(tmp_path: Path) -> None:
    done = write(MADEUPTON, tmp_path / "out")
    assert (done.exit_code, done.output) == (0, f"4 files are in {tmp_path / 'out'}.\n")
    written = sorted(path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("*.brf"))
    assert written == [f"{tag}/{topic}.brf" for tag in ("ar", "en") for topic in ("bullying", "out-and-about")]


def test_every_page_has_25_lines_of_at_most_40_cells_and_its_number(tmp_path: Path) -> None:
    assert write(MADEUPTON, tmp_path).exit_code == 0
    for path in tmp_path.rglob("*.brf"):
        pages = path.read_bytes().decode("ascii").split("\f")
        assert len(pages) > 1
        for number, page in enumerate(pages, start=1):
            *lines, end = page.split("\r\n")
            assert (len(lines), end) == (LINES, "")
            assert all(len(line) <= CELLS and BRF.fullmatch(line) for line in lines), (path, number)
            assert translate([lines[-1].strip()], "en-ueb-g2.ctb", back=True) == [str(number)]
            assert lines[0].strip(), "no page begins with an empty line"


def test_english_is_contracted(tmp_path: Path) -> None:
    assert translate(["The people and the children"], "en-ueb-g2.ctb") == [",! P & ! *N"]


def test_the_cards_of_a_file_come_in_their_order_with_first_steps_and_numbers_to_call(tmp_path: Path) -> None:
    assert write(MADEUPTON, tmp_path).exit_code == 0
    lines = (tmp_path / "en/bullying.brf").read_text(encoding="ascii").replace("\f", "").split("\n")
    read = letters(" ".join(translate([line.strip() for line in lines], "en-ueb-g2.ctb", back=True)))
    cards = load(MADEUPTON).topic("en", "bullying").cards
    places = [read.index(letters(card.title)) for card in cards]
    assert places == sorted(places)
    assert all(letters(card.what_first[0])[:20] in read for card in cards)
    assert "childline08001111" in read


def test_without_liblouis_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(braille, "COMMAND", "lou_translate_that_is_not_here")
    done = write(MADEUPTON, tmp_path / "out")
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "install liblouis (on Debian: apt-get install liblouis-bin)" in done.output
    assert not (tmp_path / "out").exists()


def test_a_table_that_liblouis_does_not_have_is_named(folder: Path, change: Change, tmp_path: Path) -> None:
    change("site.yaml", "en-ueb-g2.ctb", "en-nobody-g9.ctb")
    done = write(folder, tmp_path / "out")
    assert done.exit_code == 1
    assert "can do nothing with the table en-nobody-g9.ctb" in done.output


def test_a_language_without_a_table_is_left_out(folder: Path, change: Change, tmp_path: Path) -> None:
    change("site.yaml", f"    braille: {TABLES['fr']}\n", "")
    assert write(folder, tmp_path / "out").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(TABLES) - {"fr"}


@pytest.mark.parametrize("table", ["../../etc/passwd", "--help", "en-ueb-g2.ctb,other.ctb", "en-ueb-g2"])
def test_what_is_no_name_of_a_table_is_refused(folder: Path, change: Change, table: str) -> None:
    change("site.yaml", "en-ueb-g2.ctb", f'"{table}"')
    done = CliRunner().invoke(content, ["check", str(folder)])
    assert done.exit_code == 1
    assert f"“{table}” is no table of liblouis" in done.output
