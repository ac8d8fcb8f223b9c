"""What a pupil does alone: finder, quiz, hand of help, breathing. No database, no cookie, nothing sent or kept."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _

from youthsafe.errors import NotFoundError
from youthsafe.routing.caching import PAGE, WorkerRule
from youthsafe.routing.routes import Audience, Link, Logs, Place, route, route_defaults
from youthsafe.web import locale
from youthsafe.web.layout import content_pack

blueprint = Blueprint("check", __name__, url_prefix="/<locale>", template_folder="../templates")
route_defaults(
    blueprint, audience=Audience.PUBLIC, limit="reading", logs=Logs.QUIET, caching=PAGE, worker=WorkerRule.PACK
)


def _has_lessons() -> bool:
    return bool(content_pack().course(locale.current()).lessons)


@route(
    blueprint,
    "/check/",
    links=(Link(Place.UNSURE, 10, _("Which of these is you?"), _("When you don’t know where to start")),),
)
def finder() -> str:
    """Lead a pupil who does not know what to look for to a card or a person, in two taps."""
    return render_template("cards/check/finder.html", finder=content_pack().finder(locale.current()))


@route(
    blueprint,
    "/check/breathe/",
    links=(Link(Place.CHECK, 10, _("Two calm minutes"), _("Breathe slowly with a circle"), "feelings"),),
)
def breathe() -> str:
    """Show a circle to breathe with."""
    return render_template("cards/check/breathe.html")


@route(
    blueprint,
    "/check/hand/",
    links=(Link(Place.CHECK, 20, _("Hand of help"), _("Five people you could tell"), "bullying"),),
)
def hand() -> str:
    """Ask for five people whom a pupil could tell."""
    return render_template("cards/check/hand.html")


@route(
    blueprint,
    "/check/quiz/",
    links=(Link(Place.CHECK, 30, _("Quiz"), _("Five questions. No score, no clock."), "topics", shown=_has_lessons),),
)
def quizzes() -> str:
    """List the quizzes, one of each lesson."""
    return render_template("cards/check/quizzes.html", lessons=content_pack().course(locale.current()).lessons)


@route(blueprint, "/check/quiz/<topic>/", endpoint="quiz", shows="lesson")
def one_quiz(topic: str) -> str:
    """Ask the questions of a lesson's quiz, for one pupil alone."""
    lessons = content_pack().course(locale.current()).lessons
    lesson = next((each for each in lessons if each.topic == topic), None)
    if lesson is None:
        raise NotFoundError("There is no such quiz here.")
    topics = {each.slug: each for each in content_pack().topics(locale.current())}
    return render_template("cards/check/quiz.html", lesson=lesson, topic=topics.get(topic))
