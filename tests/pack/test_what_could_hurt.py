"""What a card tells a frightened child to do is right, and says so in every language: each line here once was wrong."""

import re
from pathlib import Path

import pytest
import yaml

from youthsafe.config import PACKAGED_CONTENT
from youthsafe.pack.pack import Pack

TRANSLATED = ("pl", "fr", "ar", "ta")

# file below the language: what it must say, and what it must not say any more
ENGLISH = {
    "cards/bullying/if-it-is-dangerous-now.md": (
        ["library", "everyone could see them", "call 111 and choose 2"],
        ["baker", "oven", "tram", "flap"],
    ),
    "cards/knife-crime/if-it-is-dangerous-now.md": (
        ["As soon as you are safe, call 999", "even if they have gone"],
        ["tell the police later"],
    ),
    "cards/knife-crime/if-you-carry-or-think-about-it.md": (
        ["Have it on you now? Don’t take it out", "From age 10", "at school", "locked the knives away"],
        ["Leave it where it is", "back to the kitchen"],
    ),
    "cards/knife-crime/if-someone-asks-you-to-hold-something.md": (["From age 10", "the same at school"], []),
    "cards/knife-crime/if-someone-is-hurt.md": (["Keep them warm", "nothing to eat or drink", "bleed kit"], []),
    "cards/drugs-and-alcohol/if-someone-is-ill.md": (
        [
            "Stay if you are safe",
            "stops and starts",
            "gurgles",
            "cold and damp",
            "brown or black skin",
            "push on the chest",
        ],
        ["  - Stay. "],
    ),
    "cards/healthy-relationships/if-it-is-dangerous-now.md": (
        ["a way out", "kitchen and the bathroom"],
        ["a door or a window", "into the bathroom", "locked door"],
    ),
    "cards/online-safety/pictures-of-you.md": (["under 13, you need no ID"], ["You send it to people"]),
    "cards/online-safety/if-someone-threatens-you.md": (["call 111 and choose 2"], []),
    "cards/getting-help/when-a-friend-tells-you.md": (["call 111 and choose 2"], []),
    "cards/getting-help/what-happens-when-you-report.md": (
        ["we know who, we will tell people who keep children safe", "Nobody reads at night"],
        ["they may tell"],
    ),
    "pages/about.md": (
        [
            "we know who, we will tell people who keep children safe",
            "Nobody reads at night",
            "has checked the cards yet",
        ],
        ["They do not read day and night", "they may tell"],
    ),
    "cards/bullying/when-it-is-online.md": (["The law is there to protect you"], ["not the one in trouble"]),
    "cards/bullying/when-it-is-about-who-you-are.md": (["sexism"], ["being a girl or a boy"]),
    "lessons/bullying.md": (["I would try to tell you first", "before the pupils leave the building"], ["tonight"]),
    "lessons/knife-crime.md": (["The rule “no real names” matters most", "From age 10"], ["Real names matter most"]),
    "lessons/drugs-and-alcohol.md": (["Stay** if you are safe"], ["favour", "county lines", "drop this bag"]),
    "lessons/out-on-the-street.md": (["It is not your fault", "Don’t give things back on your own"], ["drug dealer"]),
    "lessons/first-aid.md": (
        ["Is it safe for you?", "Don’t pull it out", "Never try this on someone who is well", "noisy breath"],
        ["mouth to mouth", "on each other’s"],
    ),
    "lessons/index.md": (["before the pupils leave the building"], []),
}
# What a translation once said the wrong way round, or left out.
OTHER = {
    "pl/pages/about.md": (["W nocy nikt nie czyta"], ["Nie czytają w dzień i w nocy"]),
    "pl/cards/getting-help/what-happens-when-you-report.md": (["W nocy nikt nie czyta"], ["nie w dzień i w nocy"]),
    "pl/cards/knife-crime/if-someone-is-hurt.md": ([], ["skaleczył"]),
    "ta/pages/about.md": (["இரவில் யாரும் வாசிப்பதில்லை"], ["இரவும் பகலும் வாசிப்பதில்லை"]),
    "ta/cards/getting-help/what-happens-when-you-report.md": (["இரவில் யாரும் வாசிப்பதில்லை"], ["இரவும் பகலும் இல்லை"]),
    "ta/cards/knife-crime/if-someone-is-hurt.md": (["பலமாக அழுத்துங்கள்"], ["அழுத்திப் பிடியுங்கள்"]),
    "ta/cards/healthy-relationships/saying-no.md": (["இடமும் வலமும்"], ["தலையை ஆட்டுங்கள்"]),
    "ar/pages/about.md": (["لا أحد يقرأ في الليل"], ["لا يقرؤون ليلًا ونهارًا"]),
    "ar/cards/healthy-relationships/saying-no.md": (["يمينًا ويسارًا"], ["هزّ رأسك", "هزّوا رؤوسكم"]),
    "ar/cards/getting-help/stop-and-search.md": (["معتقل"], ["أنك موقوف", "أنكم موقوف"]),
    "fr/cards/getting-help/stop-and-search.md": (["l’ont contrôlé"], ["l’ont arrêté"]),
    "fr/cards/healthy-relationships/touch-that-is-not-ok.md": (["Ce n’est pas OK si"], ["Ce n’est pas normal si"]),
}


def words(file: str) -> str:
    return (PACKAGED_CONTENT / file).read_text(encoding="utf-8").replace("[", "").replace("]{en}", "")


@pytest.mark.parametrize(("file", "said"), [(f"en/{file}", said) for file, said in ENGLISH.items()] + [*OTHER.items()])
def test_a_text_says_what_helps_and_no_more_what_could_hurt(file: str, said: tuple[list[str], list[str]]) -> None:
    text, (wanted, unwanted) = words(file), said
    assert [each for each in wanted if each not in text] == []
    assert [each for each in unwanted if each in text] == []


@pytest.mark.parametrize("locale", TRANSLATED)
@pytest.mark.parametrize("file", ENGLISH)
def test_a_translation_was_made_from_todays_english(pack: Pack, locale: str, file: str) -> None:
    folder, name = Path(file).parts[0], Path(file).stem
    if folder == "cards":
        state = pack.card(locale, Path(file).parts[1], name).translation
    elif folder == "pages":
        state = pack.page(locale, name).translation
    else:
        course = pack.course(locale)
        named = {lesson.topic: lesson.translation for lesson in course.lessons}
        state = named.get(name, course.intro.translation if course.intro else None)
    assert state == "machine"


@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_nobody_is_sent_to_an_officer_whose_role_has_ended(pack: Pack, locale: str) -> None:
    texts = [text for topic in pack.topics(locale) for card in topic.cards for text in card.origin.texts]
    texts += [text for page in pack.prose[locale].values() for text in page.origin.texts]
    texts += [text for lesson in pack.course(locale).lessons for text in lesson.origin.texts]
    assert [text for text in texts if "Safer Schools" in text or "شرطي المدارس" in text] == []


@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_bullying_has_four_signs_in_the_card_and_in_the_lesson(pack: Pack, locale: str) -> None:
    card = pack.card(locale, "bullying", "what-bullying-is")
    assert len(re.findall(r"(?m)^- ", card.origin.texts[-1].split("##")[0])) == 4
    power = {"en": "power", "pl": "siły", "fr": "pouvoir", "ar": "أقوى", "ta": "பலம்"}[locale]
    lesson = " ".join(pack.lesson(locale, "bullying").origin.texts)
    assert power in card.summary
    assert lesson.count(power) >= 3


def test_no_made_up_haven_takes_a_child_behind_a_counter_or_makes_her_say_arabic_to_a_shopkeeper() -> None:
    havens = yaml.safe_load((PACKAGED_CONTENT / "demo-havens.yaml").read_text(encoding="utf-8"))
    for haven in havens:
        english, arabic = haven["what_to_expect"]["en"], haven["what_to_expect"]["ar"]
        assert "behind the counter" not in english
        for said in re.findall(r"“(I need[^”.]*)", english):
            assert said in arabic
    assert any("never have to go into a back room" in haven["what_to_expect"]["en"] for haven in havens)
