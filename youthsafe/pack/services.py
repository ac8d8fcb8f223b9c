"""The services of a pack: who helps, how to reach them, and what is not known about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from youthsafe.pack.document import Section
from youthsafe.pack.faults import Fault
from youthsafe.pack.fields import Fields
from youthsafe.pack.phrases import (
    Phrase,
    Translations,
    finish,
    inner_translations,
    parse_optional_phrase,
    parse_phrase,
)

FILE: Final = "services.yaml"
YOUNGEST: Final = 11
FRESH_FOR: Final = timedelta(days=90)
HOURS: Final = ("always", "see", "unknown")
COSTS: Final = ("free", "charged", "unknown")
BILL: Final = ("unknown", "yes", "no")
AUDIENCES: Final = ("pupil", "adult")
STATUSES: Final = ("unknown", "live", "changed")
FRIENDS: Final = 3  # more of them would be a list again
EMERGENCY: Final = "999"
WAYS: Final = ("phone", "text", "chat", "web")
DOUBTS: Final = (*WAYS, "how", "access", "hours", "cost", "bill")
TELLABLE: Final = ("hours", "cost", "bill")

# These facts are either stated or unknown; they cannot be stated and doubted.
_STATED: Final = frozenset({"hours", "hours_text", "cost", "shows_on_bill"})
NUMBER: Final = re.compile(r"\+?[0-9](?: ?[0-9])*")
WORD: Final = re.compile("[A-Za-z]+")  # to begin a text with
# Directory enquiries, premium rates, personal numbers, and calls abroad: a child's call would cost pounds a minute.
_COSTLY = re.compile(r"09|087[123]|070|118|\+|00")
_FROM_ABROAD = re.compile(r"^(?:\+|00)0*440*")
_ADDRESS = re.compile(r"https://[^\s\"<>]+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TextNumber:
    """A number to text, and the word to begin with."""

    to: str
    say: str | None

    @property
    def href(self) -> str:
        """The sms: link; `?&` is what both kinds of phone understand."""
        return f"sms:{digits(self.to)}" + (f"?&body={self.say}" if self.say else "")


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Ages in years, both included.

    `uncertain` names fields that could not be checked, `told` the unknown that its texts explain in their own words.
    `need` is the id of what it is about. `write_on_web`: its website is written to, as in a form or a chat. `silent`:
    nobody answers at the moment, as people here found; never so in a pack.
    """

    id: str
    name: Phrase
    what: Phrase
    how: Phrase | None
    phone: str | None
    text: TextNumber | None
    web: str | None
    chat: str | None
    first: str
    sign_up_first: bool
    age_min: int | None
    age_max: int | None
    hours: str
    hours_text: Phrase | None
    cost: str
    shows_on_bill: str
    access: Phrase | None
    audience: str
    source_url: str
    verified_on: date | None
    status: str
    uncertain: frozenset[str]
    told: frozenset[str]
    need: str | None = None
    write_on_web: bool = False
    silent: bool = False

    @property
    def tel(self) -> str | None:
        """The tel: link, or None without a phone."""
        return f"tel:{digits(self.phone)}" if self.phone else None

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways to reach the service, the one to try first at the front."""
        there = [way for way in WAYS if getattr(self, way)]
        return tuple(sorted(there, key=lambda way: way != self.first))

    @property
    def called(self) -> bool:
        """Whether a phone is used, so that there is a bill; a website costs nothing to open."""
        return bool(self.phone or self.text)

    @property
    def written(self) -> bool:
        """Whether a child can write to it and need not talk."""
        return bool(self.text or self.chat or self.write_on_web)

    @property
    def is_emergency(self) -> bool:
        """Whether it is 999, by voice or by text."""
        return EMERGENCY in (self.phone, self.text and self.text.to)

    @property
    def web_name(self) -> str | None:
        """The website as a person would say it."""
        return self.web.removeprefix("https://").removeprefix("www.").rstrip("/") if self.web else None

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every text that is translated."""
        return tuple(each for each in (self.name, self.what, self.how, self.hours_text, self.access) if each)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What nobody could confirm, for the one line that says so; a website has no price and no bill."""
        unknown = {
            "hours": (self.called or bool(self.chat)) and self.hours == "unknown",
            "cost": self.called and self.cost == "unknown",
            "bill": self.called and self.shows_on_bill == "unknown",
        }
        doubted = {name for name, is_unknown in unknown.items() if is_unknown} | self.uncertain
        return tuple(name for name in DOUBTS if name in doubted - self.told)

    def stale(self, today: date) -> bool:
        """Whether nobody has verified the service in the last 90 days."""
        return self.verified_on is None or today - self.verified_on > FRESH_FOR


@dataclass(frozen=True, slots=True)
class Need:
    """What a child may need help with, in the pack's own words."""

    id: str
    name: Phrase


@dataclass(frozen=True, slots=True)
class ForNeed:
    """A need, and the services that help with it; `need` is None for what helps with something else."""

    need: Need | None
    services: tuple[Service, ...]

    @property
    def written(self) -> bool:
        """Whether a child can write to one of them."""
        return any(service.written for service in self.services)


@dataclass(frozen=True, slots=True)
class Layers:
    """What helps a pupil, each service once: what is for now, the friends to begin with, and the rest by need."""

    now: tuple[Service, ...]
    friends: tuple[Service, ...]
    by_need: tuple[ForNeed, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Every service, in the order of the list.

    `always` are the ids that stand on every screen, `friends` those that fit most children. A pack may name neither
    friends nor needs.
    """

    services: tuple[Service, ...]
    always: tuple[str, ...]
    friends: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()

    def service(self, name: str) -> Service:
        """Return a service by its id; raises KeyError."""
        return {service.id: service for service in self.services}[name]

    def strip(self) -> tuple[Service, ...]:
        """Return the services of every screen, the emergency number first."""
        return tuple(self.service(name) for name in self.always)

    def for_pupils(self) -> tuple[Service, ...]:
        """Return what an 11-year-old may use, those of every screen first and those where nobody answers last."""
        own = [
            service for service in self.services if service.audience == "pupil" and (service.age_min or 0) <= YOUNGEST
        ]
        return tuple(sorted(own, key=lambda service: (service.silent, self._rank(service.id))))

    def at_once(self) -> tuple[Service, ...]:
        """Return those for pupils that help whoever calls or writes now."""
        return tuple(service for service in self.for_pupils() if not service.sign_up_first)

    def to_sign_up(self) -> tuple[Service, ...]:
        """Return those for pupils that help only who has signed up before."""
        return tuple(service for service in self.for_pupils() if service.sign_up_first)

    def layers(self) -> Layers:
        """Return what is for pupils in layers; in each of them those where nobody answers stand last."""
        now = tuple(service for service in self.for_pupils() if service.is_emergency)
        friends = sorted(self.named(self.friends), key=lambda service: service.silent)
        found = [ForNeed(need, self._with_need(need.id)) for need in self.needs]
        found.append(ForNeed(None, self._with_need(None)))
        return Layers(now, tuple(friends), tuple(each for each in found if each.services))

    def for_adults(self) -> tuple[Service, ...]:
        """Return what is for the adults around a child."""
        return tuple(service for service in self.services if service.audience == "adult")

    def named(self, ids: Sequence[str]) -> tuple[Service, ...]:
        """Return services by their ids, in that order; raises KeyError."""
        return tuple(self.service(name) for name in ids)

    def _with_need(self, need: str | None) -> tuple[Service, ...]:
        rest = (each for each in self.for_pupils() if not each.is_emergency and each.id not in self.friends)
        return tuple(service for service in rest if service.need == need)

    def _rank(self, name: str) -> int:
        return self.always.index(name) if name in self.always else len(self.always)


def parse_directory(section: Section, locale: str, translations: Translations, faults: list[Fault]) -> Directory:
    """Read services.yaml, which is in the original's locale, with the files that translate it; adds to `faults`."""
    fields = Fields(section, FILE, faults)
    translated = inner_translations(translations, "services")
    services = tuple(_service(each, locale, translated) for each in fields.each("services"))
    always, friends = fields.texts("on_every_screen"), fields.texts("friends", required=False)
    directory = Directory(services, always, friends, _needs(fields, locale, translations))
    fields.finish()
    finish(translated)
    finish(translations)
    _check_ids(directory, fields)
    _check_friends(directory, fields)
    _check_needs(directory, fields)
    return directory


def _needs(fields: Fields, locale: str, translations: Translations) -> tuple[Need, ...]:
    if fields.section.get("needs") is None:
        fields.skip("needs")
        return ()
    translated = inner_translations(translations, "needs")
    needs = tuple(_need(each, locale, translated) for each in fields.each("needs"))
    finish(translated)
    return needs


def _need(fields: Fields, locale: str, translations: Translations) -> Need:
    name = _matching(fields, "id", _ID, "use small letters, digits and hyphens", required=True) or ""
    translated = inner_translations(translations, name)
    need = Need(name, parse_phrase(fields, "name", locale, translated))
    fields.finish()
    finish(translated)
    return need


def _service(fields: Fields, locale: str, translations: Translations) -> Service:
    name = _matching(fields, "id", _ID, "use small letters, digits and hyphens", required=True) or ""
    translated = inner_translations(translations, name)
    service = Service(
        id=name,
        name=parse_phrase(fields, "name", locale, translated),
        what=parse_phrase(fields, "what", locale, translated),
        how=parse_optional_phrase(fields, "how", locale, translated),
        phone=_matching(fields, "phone", NUMBER, "write digits and single spaces, in quotes"),
        text=_text_number(fields.inner("text")),
        web=_address(fields, "web"),
        chat=_address(fields, "chat"),
        first=_first(fields),
        sign_up_first=fields.flag("sign_up_first"),
        age_min=fields.number("age_min"),
        age_max=fields.number("age_max"),
        hours=fields.choice("hours", HOURS),
        hours_text=parse_optional_phrase(fields, "hours_text", locale, translated),
        cost=fields.choice("cost", COSTS),
        shows_on_bill=fields.choice("shows_on_bill", BILL),
        access=parse_optional_phrase(fields, "access", locale, translated),
        audience=fields.choice("audience", AUDIENCES),
        source_url=_address(fields, "source_url", required=True) or "",
        verified_on=fields.day("verified_on"),
        status=fields.choice("status", STATUSES),
        uncertain=frozenset(fields.texts("uncertain", required=False)),
        told=frozenset(fields.texts("told", required=False)),
        need=fields.optional_text("need"),
        write_on_web=fields.flag("write_on_web"),
    )
    fields.finish()
    finish(translated)
    _check(service, fields)
    return service


def _first(fields: Fields) -> str:
    """The way that stands first: a phone, unless the pack says otherwise."""
    if fields.section.get("first") is None:
        fields.skip("first")
        return WAYS[0]
    return fields.choice("first", WAYS)


def _check(service: Service, fields: Fields) -> None:
    if not (service.phone or service.text or service.web or service.chat):
        fields.fault("id", f"there is no way to reach “{service.id}”", "add phone, text, web or chat")
    _check_cost(fields, "phone", service.phone)
    if fields.section.get("first") and service.first not in service.ways:
        fields.fault("first", f"“{service.first}” is not a way to reach “{service.id}”", "name one that stands here")
    if service.write_on_web and not service.web:
        fields.fault("write_on_web", f"“{service.id}” has no website", "add web, or take this out")
    if (service.hours == "see") != (service.hours_text is not None):
        fields.fault("hours", "“hours: see” and hours_text go together", "write both, or neither")
    if service.status == "live" and service.verified_on is None:
        fields.fault("status", "“live” without verified_on", "add the day somebody tried it, or write “unknown”")
    if service.age_min is not None and service.age_max is not None and service.age_min > service.age_max:
        fields.fault("age_min", "age_min is above age_max", "swap them, or mend the wrong one")
    for name in sorted(service.uncertain - fields.section.keys()):
        fields.fault("uncertain", f"“{name}” is not a field of this service", "name a field that stands here")
    for name in sorted(service.uncertain & _STATED):
        what = f"“{name}” is shown as known, and named as not checked"
        fields.fault("uncertain", what, "write “unknown” there, or take it out of uncertain")
    for name in sorted(service.told.difference(TELLABLE)):
        fields.fault("told", f"“{name}” cannot be told", f"choose from: {', '.join(TELLABLE)}")


def _check_ids(directory: Directory, fields: Fields) -> None:
    ids = [service.id for service in directory.services]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        fields.fault("services", f"the service “{name}” is there twice", "keep one of the two")
    for name in directory.always:
        if name not in ids:
            fields.fault("on_every_screen", f"there is no service “{name}”", "name the id of a service below")
        elif not directory.service(name).phone:
            fields.fault("on_every_screen", f"“{name}” has no phone", "name services that can be called")


def _check_friends(directory: Directory, fields: Fields) -> None:
    known = {service.id for service in directory.at_once() if not service.is_emergency}
    for name in directory.friends:
        if name not in known:
            fields.fault(
                "friends", f"“{name}” cannot be a friend", "name a service that helps a pupil at once, not 999"
            )
    if len(set(directory.friends)) != len(directory.friends) or len(directory.friends) > FRIENDS:
        fields.fault("friends", f"these are not at most {FRIENDS} different ones", f"keep the best {FRIENDS}")


def _check_needs(directory: Directory, fields: Fields) -> None:
    ids = [need.id for need in directory.needs]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        fields.fault("needs", f"the need “{name}” is there twice", "keep one of the two")
    for need in directory.needs:
        if need.id not in {service.need for service in directory.for_pupils() if service.id not in directory.friends}:
            fields.fault("needs", f"nothing helps a pupil with “{need.id}”", f"write “need: {need.id}” at a service")
    for own, service in zip(fields.each("services"), directory.services, strict=True):
        if service.need is not None and service.need not in ids:
            own.fault(
                "need", f"there is no need “{service.need}”", f"choose one of: {', '.join(ids) or 'needs, first'}"
            )


def _text_number(fields: Fields | None) -> TextNumber | None:
    if fields is None:
        return None
    number = TextNumber(fields.text("to"), fields.optional_text("say"))
    fields.finish()
    if number.to and not NUMBER.fullmatch(number.to):
        fields.fault("to", f"“{number.to}” is not a number", "write digits and single spaces, in quotes")
    _check_cost(fields, "to", number.to)
    if number.say and not WORD.fullmatch(number.say):
        fields.fault("say", f"“{number.say}” is not one plain word", "write one word of plain letters")
    return number


def _check_cost(fields: Fields, key: str, number: str | None) -> None:
    if number and is_costly(number):
        fields.fault(
            key, f"“{number}” costs far more than other numbers", "name one that costs a child little or nothing"
        )


def _address(fields: Fields, key: str, *, required: bool = False) -> str | None:
    return _matching(fields, key, _ADDRESS, "write it in full, starting with https://", required=required)


def _matching(fields: Fields, key: str, shape: re.Pattern[str], fix: str, *, required: bool = False) -> str | None:
    value = fields.text(key) if required else fields.optional_text(key)
    if value and not shape.fullmatch(value):
        fields.fault(key, f"“{key}” cannot be “{value}”", fix)
    return value


def digits(number: str) -> str:
    """Return a number without its spaces."""
    return number.replace(" ", "")


def national(number: str) -> str:
    """Return a number's digits as they are dialled here: +44 and 0044 are a 0."""
    return _FROM_ABROAD.sub("0", digits(number))


def is_costly(number: str) -> bool:
    """Tell whether a number costs a caller far more than others."""
    return _COSTLY.match(national(number)) is not None
