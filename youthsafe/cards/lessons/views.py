"""The pages for teachers: the list of lessons, one to read or present, its handout. No database, no cookie."""

from flask import Blueprint, Response, render_template, url_for
from flask_babel import lazy_gettext as _

from youthsafe.errors import NotFoundError
from youthsafe.helplines.services import directory
from youthsafe.pack.lessons.changeable_names import names_in
from youthsafe.pack.lessons.lesson import Lesson
from youthsafe.pack.services import Service
from youthsafe.routing.caching import PAGE, WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack
from youthsafe.web.own_address import own_address
from youthsafe.web.qr import qr_code

# What a page says before anybody fetches it, in kB; tests weigh both.
LESSON_WEIGHS = 140
SLIDES_WEIGH = 110

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

blueprint = Blueprint("teach", __name__, url_prefix="/<locale>", template_folder="../templates")
# A lesson is large and most readers never want one: it is kept by whoever opened it.
route_defaults(
    blueprint, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=PAGE, worker=WorkerRule.OPENED
)


@route(blueprint, "/teach/", shows="course", links=(Link(Place.FOOTER, 50, _("For teachers")),))
def lessons() -> str:
    """List the lessons, and say how to prepare."""
    return render_template("cards/lessons.html", course=content_pack().course(locale.current()))


@route(blueprint, "/teach/<topic>/", endpoint="lesson", caching=WRITTEN_HERE, shows="lesson")
def one_lesson(topic: str) -> str:
    """Show a lesson: the whole of it to read, or with script one slide at a time."""
    lesson = _lesson(topic)
    return render_template(
        "cards/lesson.html",
        lesson=lesson,
        helpers=_helpers(lesson),
        has_cards=_has_cards(lesson.topic),
        lesson_weighs=LESSON_WEIGHS,
        slides_weigh=SLIDES_WEIGH,
    )


@route(blueprint, "/teach/<topic>/handout/", caching=WRITTEN_HERE, shows="lesson")
def handout(topic: str) -> str:
    """Show what pupils take home, made for printing."""
    lesson = _lesson(topic)
    names = names_in(lesson.names, lesson.handout)
    return render_template("cards/lesson_handout.html", lesson=lesson, names=names, helpers=_helpers(lesson))


@route(blueprint, "/teach/<topic>/steps/", caching=WRITTEN_HERE, shows="lesson")
def steps(topic: str) -> str:
    """Show the main task in short steps and large print."""
    lesson = _lesson(topic)
    names = names_in(lesson.names, lesson.adaptation.steps)
    return render_template("cards/lesson_steps.html", lesson=lesson, names=names, helpers=_helpers(lesson))


# Not kept: it shows the address that it was asked by.
@route(
    blueprint,
    "/teach/<topic>/poster/",
    caching=WRITTEN_HERE.on_server(None),
    worker=WorkerRule.NEVER,
    shows="lesson",
)
def poster(topic: str) -> str:
    """Show what to put on a wall: the topic, who helps, and a code that opens the site."""
    lesson, base = _lesson(topic), own_address()
    path = url_for("cards.topic", topic=topic) if _has_cards(topic) else url_for("check.quiz", topic=topic)
    address = f"{base}{path}" if base else None
    return render_template(
        "cards/lesson_poster.html",
        lesson=lesson,
        helpers=_helpers(lesson),
        address=address,
        code=qr_code(address) if address else None,
    )


@route(blueprint, "/teach/<topic>.pptx", caching=WRITTEN_HERE, worker=WorkerRule.NEVER)
def slides(topic: str) -> Response:
    """Give the slides as a file that a teacher may change."""
    from youthsafe.cards.lessons.presentation import LessonFile  # noqa: PLC0415  # 32 MB, which few processes need

    lesson = _lesson(topic)
    right_to_left = locale.direction(lesson.locale) == "rtl"
    content = LessonFile(lesson, _helpers(lesson), right_to_left=right_to_left).content()
    return Response(content, mimetype=PPTX)


def _lesson(topic: str) -> Lesson:
    try:
        return content_pack().lesson(locale.current(), topic)
    except KeyError:
        raise NotFoundError("There is no such lesson here.") from None


def _helpers(lesson: Lesson) -> tuple[Service, ...]:
    """Return who is on every screen, and then who helps with this topic."""
    services = directory()
    return services.named(list(dict.fromkeys([*services.always, *lesson.who_helps])))


def _has_cards(topic: str) -> bool:
    return topic in {each.slug for each in content_pack().topics(locale.current())}
