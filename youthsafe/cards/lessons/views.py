"""The pages for teachers: the list of lessons, one to read or present, its handout. No database, no cookie."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _

from youthsafe.errors import NotFoundError
from youthsafe.helplines.services import directory
from youthsafe.pack.lessons.lesson import Lesson
from youthsafe.pack.services import Service
from youthsafe.routing.caching import PAGE, WRITTEN_HERE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

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
        "cards/lesson.html", lesson=lesson, helpers=_helpers(lesson), has_cards=_has_cards(lesson.topic)
    )


@route(blueprint, "/teach/<topic>/handout/", caching=WRITTEN_HERE, shows="lesson")
def handout(topic: str) -> str:
    """Show what pupils take home, made for printing."""
    lesson = _lesson(topic)
    return render_template("cards/lesson_handout.html", lesson=lesson, helpers=_helpers(lesson))


@route(blueprint, "/teach/<topic>/steps/", caching=WRITTEN_HERE, shows="lesson")
def steps(topic: str) -> str:
    """Show the main task in short steps and large print."""
    lesson = _lesson(topic)
    return render_template("cards/lesson_steps.html", lesson=lesson, helpers=_helpers(lesson))


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
