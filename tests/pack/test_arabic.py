"""Arabic speaks to girls and boys alike, in the plural or with a noun: docs/content.md, *Translations*."""

import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from youthsafe.config import PACKAGED_CONTENT

ROOT = Path(__file__).parent.parent.parent
PACKS = (PACKAGED_CONTENT, ROOT / "examples" / "madeupton")
STAFF = re.compile(r"src/desk/|notify/|triage/|staff_layout")  # where no pupil reads
TO_ONE = {
    "home-and-family/fgm.md": "it speaks to a girl",
    "healthy-relationships/being-a-kind-boy.md": "it speaks to a boy",
}
#: What ends in the letter of “your”, and is none of the words that do so without it.
YOURS = re.compile(
    r"\b(?!(?:[وبلك]*ذلك|ب?ذاك|تلك|و?هناك|ب?البنك|ال(?:ضحك|عراك)|والكعك|م?ضحك|ضاحك|شريك|مشترك|بارك|أمسك|توك|تيك|أوك|و?[أنتي]ضحك"
    r"|[تي](?:شارك|مسك|تحرك)|[لنتي]+ترك|(?:ال)?اشتراك|سميك|يستهلك|زاك|ماريك|ل?مالك)\b)\w+ك\b"
)
#: What only ever tells one boy to do something, or says what he is.
ALONE = re.compile(
    r"\b(?:[وف]?(?:أنت|قل|خذ|دع|كن|اذهب|ادخل|اخرج|اركض|اكتب|اقرأ|اسأل|اطلب|اطبع|انظر|احذف|احظر|احفظ|اختر|ابحث|ابدأ"
    r"|ابق|اضغط|افتح|افعل|اترك|اصرخ|احك|امش|أصغ|أعط|أره|أضف|ألغ|أخف|أظهر|متأكدا)|ضع|قف)\b"
)
#: What also says what “he” did or “she” does: looked for where a sentence begins, and not in a story.
BEGINS = re.compile(
    r"(?:^|[.؟!:،*>-] )(?:\*\*)?(?:ثم |[وف])?(?:أخبر|أخبرنا|اتصل|ابتعد|توقف|تكلم|تحدث|فكر|حاول|جرب|غادر|انتظر|احتفظ"
    r"|استخدم|حافظ|أحضر|اعتذر|اهتم|ارجع|انتبه|أرسل|ماذا تفعل أولا|كيف (?:تبقى|تقول|تخبر)|لا (?:تخبر|ترسل|تحفظ|تخرجها"
    r"|تذهب|تصور|تفتح|ترد|تدفع|تطلب|تنظر|ترجع|تأخذ|تبق|تضحك|تنتظر|تسأل|تعد|تتوقف))\b|\bتثق\b",
    re.MULTILINE,
)
STORY = re.compile(r"^#+ قصة.*?(?=^#|\Z)", re.MULTILINE | re.DOTALL)
#: What somebody says; the answers and the aims of a lesson, in which a pupil says “I”.
SAID = re.compile(r"«[^»]*»|^- \[[ x]\].*$|^ +- أستطيع.*$", re.MULTILINE)
SIGNS = re.compile("[\u064b-\u0652\u0670]")  # short vowels and the like


def to_one_boy(text: str) -> list[str]:
    told = SAID.sub("", SIGNS.sub("", text.replace("أُ", "ا")))  # “is sent” is no “send”
    return YOURS.findall(told) + ALONE.findall(told) + BEGINS.findall(STORY.sub("", told))


def pages() -> list[Path]:
    """Every Arabic file of both packs but those in which the pupil speaks."""
    found = [file for pack in PACKS for file in sorted((pack / "ar").rglob("*.*"))]
    return [file for file in found if file.name not in ("search.yaml", "finder.yaml")]


@pytest.mark.parametrize("file", pages(), ids=lambda file: "-".join(file.parts[-3:]))
def test_a_text_speaks_to_girls_and_boys(file: Path) -> None:
    expected = f"{file.parent.name}/{file.name}" in TO_ONE
    assert bool(to_one_boy(file.read_text(encoding="utf-8"))) == expected


def test_the_word_of_a_safe_place_speaks_to_girls_and_boys() -> None:
    places = yaml.safe_load((PACKAGED_CONTENT / "demo-havens.yaml").read_text(encoding="utf-8"))
    words = [place["what_to_expect"]["ar"] for place in places if "ar" in place.get("what_to_expect", {})]
    assert words
    assert [found for text in words for found in to_one_boy(text)] == []


def test_the_interface_speaks_to_girls_and_boys() -> None:
    with (ROOT / "translations/ar/LC_MESSAGES/messages.po").open("rb") as text:
        catalogue = read_po(text, locale="ar", abort_invalid=True)
    read = [each for each in catalogue if any(not STAFF.search(place) for place, _ in each.locations)]
    assert {str(each.string): found for each in read if (found := to_one_boy(str(each.string)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "  - اذهب إلى مكان آمن.",
        "ليس هذا ذنبك.",
        "ثم اتصل بالرقم 999.",
        "شخص راشد تثق به",
        "- **لا تضحك.** لا تصوّر.",
        "هل أنتَ في خطر؟",
    ],
)
def test_a_word_to_one_boy_is_found(text: str) -> None:
    assert to_one_boy(text)


@pytest.mark.parametrize(
    "text",
    [
        "اذهبوا إلى هناك. ذلك ليس ذنبكم.",
        "قالت: «قل ذلك لأمك».",
        "## قصة من الخيال\n\nأخبر سامي أمه.\n",
        "- [x] أخبر شخصًا راشدًا.",
    ],
)
def test_what_is_said_or_told_of_somebody_stays(text: str) -> None:
    assert to_one_boy(text) == []
