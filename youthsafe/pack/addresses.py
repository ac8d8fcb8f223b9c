"""Addresses to which the texts of a pack may link, without their locale.

Made by `make generated` from what routes declare; do not edit.
"""

from typing import Final

FIXED: Final = frozenset(
    {
        "/",
        "/app/",
        "/cards/",
        "/check/",
        "/check/breathe/",
        "/check/hand/",
        "/check/quiz/",
        "/find/",
        "/formats/",
        "/havens/",
        "/replies/",
        "/report/",
        "/report/practice/",
        "/support/",
        "/teach/",
    }
)
CARD: Final = ("/cards/{topic}/{slug}/",)
COURSE: Final = ("/teach/",)
LESSON: Final = (
    "/check/quiz/{topic}/",
    "/teach/{topic}/",
    "/teach/{topic}/handout/",
    "/teach/{topic}/poster/",
    "/teach/{topic}/steps/",
)
TOPIC: Final = ("/cards/{topic}/",)
