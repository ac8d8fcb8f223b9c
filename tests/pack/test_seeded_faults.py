"""`youthsafe content check` names file, line and fix, whatever kind of fault is put into a sound pack."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from youthsafe.pack.commands import content

MADEUPTON = Path(__file__).parents[2] / "examples/madeupton"
CARD, ARABIC = "en/cards/bullying/when-someone-is-mean.md", "ar/cards/bullying/when-someone-is-mean.md"
LESSON, SERVICES, MAP = "en/lessons/out-and-about.md", "services.yaml", "basemap.geojson"
ARABIC_SERVICES = "ar/services.yaml"
SEARCH = "en/search.yaml"
FIRST_LOOK = "en/first_look.yaml"
FINDER = "en/finder.yaml"
REFERRALS = "referrals.yaml"
LONG = "This sentence goes on and on and on and it will not stop at all " * 12 + "."
HARD = "Institutional safeguarding accountability necessitates unequivocal organisational transparency. " * 6


@dataclass(frozen=True)
class Fault:
    """One kind of fault: `old` in a file becomes `new`, and is told on the line that begins with `at`."""

    kind: str
    file: str
    old: str
    new: str
    at: str | int
    what: str
    fix: str
    told_in: str = ""  # the file that is named, where it is another one
    note: bool = False  # waits for somebody, and fails nothing


FAULTS = [
    Fault(
        "missing front matter", CARD, "---\ntitle", "title", 1, "there is no front matter", "between two lines of ---"
    ),
    Fault("unknown field", CARD, "order: 10", "ordre: 10", "ordre", "there is no field “ordre”", "check its spelling"),
    Fault("missing title", CARD, "title: When someone is mean to you\n", "", 2, "“title” is missing", "add “title: …”"),
    Fault("grade too high", CARD, "Stay near a friend.", HARD, 1, "the card reads at grade", "use shorter words"),
    Fault("sentence too long", CARD, "Stay near a friend.", LONG, 1, "words a sentence", "split the long sentences"),
    Fault(
        "safety text too hard",
        CARD,
        "  - Tell one adult you trust.",
        f"  - {HARD}",
        1,
        "what_first reads at grade",
        "use",
    ),
    Fault(
        "word that a newcomer may not know",
        CARD,
        "Stay near a friend.",
        "Stay near a confidant.",
        1,
        "these words are not everyday ones: confidant",
        "say it with easier ones",
    ),
    Fault(
        "phrase that means something else",
        CARD,
        "Stay near a friend.",
        "Hang in there.",
        1,
        "these phrases mean something else: hang in there",
        "say what is meant",
    ),
    Fault(
        "easy word called a harder one",
        CARD,
        "harder: [pegs]",
        "harder: [pegs, friend]",
        1,
        "“harder” names what is not a harder word here: friend",
        "take it out",
    ),
    Fault(
        "harder words without number",
        CARD,
        "harder: [pegs]",
        "harder: [pegs, a, b, c, d, e, f]",
        1,
        "“harder” names 7 words",
        "keep 6 at most",
    ),
    Fault(
        "name of another story",
        CARD,
        "Mina’s",
        "Sam’s",
        1,
        "“Sam” is in the story of “bullying/when-someone-is-mean” too",
        "give one of the two another name",
        "en/cards/out-and-about/when-friends-push-you.md",
    ),
    Fault("missing translation", ARABIC, "", "", 1, "ar: there is no translation", "write one", CARD, note=True),
    Fault(
        "outdated translation",
        CARD,
        "Then go.",
        "Then run.",
        1,
        "the English has changed",
        "mend it",
        ARABIC,
        note=True,
    ),
    Fault("translation not checked", CARD, "", "", 1, "translated by computer", "ask a person", ARABIC, note=True),
    Fault(
        "service never verified",
        SERVICES,
        "",
        "",
        "    name: Childline",
        "nobody has tried “childline”",
        "try it",
        note=True,
    ),
    Fault(
        "dead internal link", CARD, "Stay near", "[x](../nowhere/)", "- [x](", "leads nowhere", "write it as seen from"
    ),
    Fault("kind of link", CARD, "Stay near", "[x](http://x.uk)", "- [x](", "of a kind not used here", "use https:"),
    Fault(
        "forbidden picture", CARD, "Stay near", "![x](y.png)", "- ![x](", "a picture cannot stand", "say it in words"
    ),
    Fault(
        "raw script",
        CARD,
        "Stay near",
        "<script>x</script>",
        "- <script>",
        "the HTML “<script>”",
        "write it in Markdown",
    ),
    Fault(
        "mark of English", CARD, "Stay near", "Stay]{en} near", "- Stay]", "marks nothing as English", "write it on one"
    ),
    Fault(
        "English to be said left out",
        ARABIC,
        "[Stop. I don’t like that]{en}",
        "توقّف",
        1,
        "the English “Stop. I don’t like that.” is not here",
        "put it beside the translation: [Stop. I don’t like that.]{en}",
    ),
    Fault(
        "English to be said left out of a service",
        ARABIC_SERVICES,
        "«[ambulance]{en}»",
        "الإسعاف",
        "    what:",
        "the English “ambulance” is not here",
        "put it beside",
    ),
    Fault(
        "translation of a service beside the original",
        SERVICES,
        "      en: Text about how",
        "      ar: x\n      en: Text about how",
        "      ar: x",
        "the “ar” text does not stand here",
        "move it into ar/services.yaml",
    ),
    Fault(
        "translation of a service that is not there",
        ARABIC_SERVICES,
        "  shout:",
        "  shut:",
        "  shut:",
        "there is no field “shut” here",
        "check its spelling",
    ),
    Fault(
        "translation of a service without its state",
        ARABIC_SERVICES,
        '    name: {text: الطوارئ, translation: machine, source: "4538f2dc67b55939"}',
        "    name: الطوارئ",
        "    name: الطوارئ",
        "“name” has no translation state",
        "write it as {text: …",
    ),
    Fault(
        "service not translated",
        ARABIC_SERVICES,
        '    what: {text: "اكتبوا برسالة نصية كيف تشعرون. يردّ عليكم شخص ليلًا أو نهارًا.", translation: machine, '
        'source: "d18f80a7392f0119"}',
        "",
        49,
        "ar: there is no translation",
        "write one in ar/services.yaml",
        SERVICES,
        note=True,
    ),
    Fault(
        "outdated translation of a service",
        SERVICES,
        "Text about how you feel.",
        "Text about how you are.",
        '    what: {text: "اكتبوا',
        "ar: the English has changed",
        "mend it",
        ARABIC_SERVICES,
        note=True,
    ),
    Fault(
        "no pictures of a language for stores of apps",
        "site.yaml",
        "tag: ar",
        "tag: cy",
        "  - tag: cy",
        "cy: stores of apps show pictures of the English pages",
        "python -m scripts.app_pictures",
        note=True,
    ),
    Fault("unbalanced HTML", CARD, "Stay near", "</div>", "- </div>", "the HTML “</div>”", "take it out"),
    Fault(
        "unbalanced Markdown", CARD, "Stay near", "**Stay near", "- **Stay", "“**” opens or closes", "write both ends"
    ),
    Fault(
        "unbalanced fence", CARD, "- Stay near a friend.", "```", "```", "code cannot stand here", "take out the spaces"
    ),
    Fault("unknown service", CARD, "[childline,", "[chyldline,", 1, "“chyldline” is not a service", "name one of"),
    Fault(
        "no what to do first",
        CARD,
        "what_first:\n  - Walk to where other people are.\n  - Tell one adult you trust.\n"
        "  - In danger now? Call 999.\n",
        "",
        2,
        "“what_first” is missing",
        "add “what_first",
    ),
    Fault(
        "no who can help",
        CARD,
        "who_helps: [childline, madeupton-youth-line]\n",
        "",
        2,
        "“who_helps” is missing",
        "add",
    ),
    Fault("duplicated order", CARD, "order: 10", "order: 20", 1, "order 20 is taken", "give it its own number"),
    Fault(
        "bad date", CARD, "reviewed_on: null", "reviewed_on: 2026-02-30", "reviewed_on", "not a real date", "2026-01-31"
    ),
    Fault(
        "half a review",
        CARD,
        "reviewed_on: null",
        "reviewed_on: 2026-02-03",
        "reviewed_on",
        "go together",
        "write both",
    ),
    Fault(
        "false claim of a check",
        ARABIC,
        "machine",
        "human",
        "translation:",
        "needs a role and a day",
        "add reviewed_by",
    ),
    Fault("YAML syntax", CARD, "title: When", "title: “: When", "title:", "this is not YAML", "check spaces, colons"),
    Fault(
        "malformed phone",
        SERVICES,
        '"01632 960 101"',
        '"O1632-960-101"',
        '    phone: "O1632',
        "“phone” cannot be",
        "digits and single spaces",
    ),
    Fault(
        "premium rate",
        SERVICES,
        '"01632 960 101"',
        '"0909 8790 000"',
        '    phone: "0909',
        "“0909 8790 000” costs far more than other numbers",
        "name one that costs a child little or nothing",
    ),
    Fault(
        "live but never tried",
        SERVICES,
        "status: unknown",
        "status: live",
        "    status: live",
        "without verified_on",
        "add the day",
    ),
    Fault(
        "answer that leads nowhere",
        FINDER,
        "card: bullying/when-someone-is-mean",
        "card: bullying/when-someone-is-kind",
        "        card: bullying/when-someone-is-kind",
        "there is no card “bullying/when-someone-is-kind”",
        "name a topic and a card’s file",
    ),
    Fault(
        "answer that newcomers may not know",
        FINDER,
        "says: I don’t know",
        "says: I am bewildered",
        1,
        "these words are not everyday ones: bewildered",
        "say it with easier ones",
    ),
    Fault(
        "doubt about what the text says",
        SERVICES,
        "en: Text about how you feel.",
        "en: It is free. Text about how you feel.",
        49,
        "“shout” speaks of “cost” here, and its doubts call that not checked",
        "set the field",
    ),
    Fault(
        "told by no text",
        SERVICES,
        "    shows_on_bill: unknown\n    audience: pupil\n    source_url: https://giveusashout.org",
        "    shows_on_bill: unknown\n    told: [bill]\n    audience: pupil\n    source_url: https://giveusashout.org",
        "    name: Shout",
        "no text of “shout” tells about “bill”",
        "write it",
    ),
    Fault(
        "doubt about what is shown as known",
        SERVICES,
        "    shows_on_bill: unknown\n    audience: pupil\n    source_url: https://giveusashout.org",
        "    uncertain: [hours]\n    shows_on_bill: unknown\n    audience: pupil\n    source_url: https://giveusashout.org",
        "    uncertain: [hours]",
        "“hours” is shown as known, and named as not checked",
        "write “unknown” there",
    ),
    Fault(
        "friend who is none",
        SERVICES,
        "friends: [childline, shout]",
        "friends: [childline, emergency]",
        "friends:",
        "“emergency” cannot be a friend",
        "name a service that helps a pupil at once, not 999",
    ),
    Fault("unknown need", SERVICES, "need: near", "need: far", "    need: far", "there is no need “far”", "near"),
    Fault(
        "need that nobody meets",
        SERVICES,
        "    need: near\n",
        "",
        "needs:",
        "nothing helps a pupil with “near”",
        "write “need: near” at a service",
    ),
    Fault(
        "duplicate service",
        SERVICES,
        "id: shout",
        "id: childline",
        "services:",
        "“childline” is there twice",
        "keep one",
    ),
    Fault(
        "number not to be called",
        SERVICES,
        "  - childline\n",
        "  - shout\n",
        "on_every_screen",
        "“shout” has no phone",
        "name services that can be called",
    ),
    Fault(
        "duplicate topic",
        "site.yaml",
        "  - out-and-about",
        "  - bullying",
        "topics:",
        "“bullying” is there twice",
        "keep",
    ),
    Fault(
        "wrong locale tag",
        "site.yaml",
        "tag: ar",
        "tag: qq",
        "  - tag: qq",
        "is not a language tag",
        "write a tag such as",
    ),
    Fault(
        "language without an interface",
        "site.yaml",
        "\ntopics:",
        "  - tag: cy\n    name: Cymraeg\n    dir: ltr\n    interface: machine\n\ntopics:",
        "  - tag: cy",
        "cy: the words around the pages are English",
        "fill cy/LC_MESSAGES/messages.po",
        note=True,
    ),
    Fault(
        "unknown nation",
        "site.yaml",
        "nation: scotland",
        "nation: narnia",
        "nation",
        "cannot be “narnia”",
        "choose one of: england, wales",
    ),
    Fault(
        "exit without https", "site.yaml", "https://", "http://", "exit_address", "does not start with https", "in full"
    ),
    Fault(
        "area not on the map",
        "site.yaml",
        "  - id: pretend-quay",
        "  - id: real-quay\n    name: Real Quay\n  - id: pretend-quay",
        "    name: Real Quay",
        "not on the map",
        "add a Point",
    ),
    Fault(
        "bad GeoJSON", MAP, '"sketch": true,', '"sketch": true', '"name"', "Expecting ',' delimiter", "mend the feature"
    ),
    Fault(
        "unknown layer",
        MAP,
        '"layer": "park"',
        '"layer": "pork"',
        '{"type": "Feature", "properties": {"layer": "pork"',
        "there is no layer “pork”",
        "youthsafe basemap build",
    ),
    Fault(
        "lesson out of time",
        LESSON,
        "## Try it: one sentence: 14",
        "## Try it: one sentence: 9",
        1,
        "the slides take 45 minutes",
        "until they are 50",
    ),
    Fault(
        "slide without minutes",
        LESSON,
        "## Today: 1",
        "## Today",
        "## Today",
        "the slide has no minutes",
        "write “## Today: 2”",
    ),
    Fault(
        "lesson without outcomes",
        LESSON,
        "outcomes:\n  - I can name three places to go to.\n  - I can say one sentence that asks for help.\n"
        "  - I can say who could help me after that.\n",
        "",
        2,
        "“outcomes” is missing",
        "add “outcomes",
    ),
    Fault(
        "outcome that is none",
        LESSON,
        "  - I can say one",
        "  - Say one",
        "outcomes:",
        "does not begin with “I can”",
        "what a pupil can say or do",
    ),
    Fault(
        "too few outcomes",
        LESSON,
        "  - I can say one sentence that asks for help.\n",
        "",
        "outcomes:",
        "“outcomes” has 2 lines",
        "write 3",
    ),
    Fault(
        "lesson without baseline",
        LESSON,
        "baseline:\n",
        "baseline: []\nquestions:\n",
        "baseline:",
        "“baseline” is empty",
        "write at least one line",
    ),
    Fault(
        "lesson without curriculum",
        LESSON,
        "curriculum:\n  - 'Health and wellbeing, secondary: Personal safety'\n",
        "",
        2,
        "“curriculum” is missing",
        "add “curriculum",
    ),
    Fault(
        "lesson without an easier task",
        LESSON,
        "easier: Give the sheet in short steps. One sentence is enough, and it may be read.\n",
        "",
        2,
        "“easier” is missing",
        "add “easier",
    ),
    Fault(
        "lesson with an empty challenge",
        LESSON,
        "challenge: The first shop says no. What do you say, and where do you go?",
        "challenge: ''",
        "challenge:",
        "“challenge” is empty",
        "write something",
    ),
    Fault(
        "lesson that names somebody else",
        LESSON,
        "names: [Noor]",
        "names: [Noora]",
        "names:",
        "“Noora” stands nowhere in the lesson",
        "write one word as it stands",
    ),
    Fault(
        "word box too small",
        LESSON,
        "  to wait: to stay until something happens\n",
        "",
        "words:",
        "the word box has 7 words",
        "write 8 to 12",
    ),
    Fault(
        "word without its meaning",
        LESSON,
        "  to wait: to stay until something happens",
        "  to wait: ''",
        "  to wait:",
        "“to wait” is empty",
        "write something",
    ),
    Fault(
        "lesson without a sheet in short steps",
        LESSON,
        "# steps",
        "# stepz",
        "# stepz",
        "no part “stepz”",
        "name one of",
    ),
    Fault(
        "figure without a source",
        LESSON,
        "Noor sees the same man",
        "9 of 10 see the same man",
        2,
        "the figure “9 of 10” has no source",
        "add “9 of 10”",
    ),
    Fault(
        "source of nothing",
        LESSON,
        "translation: original",
        "sources:\n  98 of 100:\n    name: A survey\n    web: https://example.org/\ntranslation: original",
        "sources:",
        "“98 of 100” stands nowhere in the lesson",
        "by words of the lesson",
    ),
    Fault(
        "source without an address",
        LESSON,
        "translation: original",
        "sources:\n  the same man at two stops:\n    name: A survey\ntranslation: original",
        29,
        "“web” is missing",
        "add “web",
    ),
    Fault(
        "quiz without an answer",
        LESSON,
        "- [x] No. It is fine",
        "- [ ] No. It is fine",
        "## Do you have to be sure?",
        "0 right ones",
        "one of them as “- [x]",
    ),
    Fault(
        "lesson without what to do when told",
        LESSON,
        "# told",
        "# tolled",
        "# tolled",
        "no part “tolled”",
        "name one of",
    ),
    Fault(
        "referral to somebody no case card knows",
        REFERRALS,
        "to: mash",
        "to: mahs",
        "  - to",
        "“to” cannot be “mahs”",
        "choose one of: mash, hub",
    ),
    Fault(
        "row of a referral that the desk cannot fill",
        REFERRALS,
        "says: wish",
        "says: wishes",
        "        says: wishes",
        "“says” cannot be “wishes”",
        "choose one of: number",
    ),
    Fault(
        "two rows of a referral with one name",
        REFERRALS,
        "label: Danger",
        "label: Times",
        "    rows",
        "two rows are called “Times”",
        "a label of its own",
    ),
    Fault(
        "star of the first look within a word",
        FIRST_LOOK,
        "muslim*",
        "mus*lim",
        "covered",
        "the star in “mus*lim” is not at its end",
        "let it end the word",
    ),
    Fault(
        "words of search for a page that is not there",
        SEARCH,
        "/cards/out-and-about/if-you-feel-followed/",
        "/cards/out-and-about/if-you-feel-folowed/",
        "  /cards/out-and-about/if-you-feel-folowed/",
        "there is nothing at “/cards/out-and-about/if-you-feel-folowed/”",
        "name one of the pack’s pages",
    ),
    Fault(
        "words of search for a helpline that is not there",
        SEARCH,
        "  childline:",
        "  childlin:",
        "  childlin:",
        "there is nothing at “childlin”",
        "name one of the pack’s services",
    ),
    Fault(
        "words of search that a page could not carry",
        SEARCH,
        "[stalker, creep]",
        "[stalker | creep]",
        "  /cards/out-and-about/if-you-feel-followed/",
        "a word cannot hold “|”",
        "write one word or a few on a line of their own",
    ),
]


def test_there_are_enough_kinds_and_each_is_another() -> None:
    assert len({fault.kind for fault in FAULTS}) == len(FAULTS)
    assert len(FAULTS) >= 20


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.kind)
def test_a_fault_is_told_with_its_file_its_line_and_its_fix(fault: Fault, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MADEUPTON, tmp_path / "pack"))
    seeded, told_in = folder / fault.file, fault.told_in or fault.file
    text = seeded.read_text(encoding="utf-8")
    assert fault.old in text
    if fault.kind == "missing translation":
        seeded.unlink()
    else:
        seeded.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
    result = CliRunner().invoke(content, ["check", "--notes", str(folder)])
    place = f"{'note: ' if fault.note else ''}{told_in}:{_line(folder / told_in, fault.at)}: "
    told = [line for line in result.output.splitlines() if line.startswith(place) and fault.what in line]
    assert told, result.output
    assert fault.fix in told[0].partition(" — ")[2]
    assert result.exit_code == (0 if fault.note else 1)


def _line(file: Path, at: str | int) -> int:
    if isinstance(at, int):
        return at
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(at))
