"""Brings the catalogues up to date with the code: `make translations`.

A new language of the packaged content gets a catalogue. New texts come in untranslated, gone ones leave, and a text
that changed is never matched to an old translation by guess. Line numbers stay out, so that a catalogue changes only
when a text does.
"""

import os
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
METHODS = [
    ("**/templates/**.html", "jinja2"),
    ("**.py", "python"),
    ("static/pwa/src/desk/**.test.tsx", "ignore"),
    ("static/pwa/src/desk/**.ts", "javascript"),
    ("static/pwa/src/desk/**.tsx", "javascript"),
]
NOT_CHECKED = "translated by computer, not yet checked"
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}  # for texts of declarations, which are read before a request
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}


def extract() -> Catalog:
    """Return every text marked for translation in the package."""
    catalogue = Catalog(project="YouthSafe", fuzzy=False)
    found = extract_from_dir(
        ROOT / "youthsafe", METHODS, OPTIONS, KEYWORDS, comment_tags=("For translators:",), strip_comment_tags=True
    )
    for path, _line, text, comments, context in found:
        catalogue.add(text, locations=[(f"youthsafe/{path}", 0)], auto_comments=comments, context=context)
    return catalogue


def begin() -> None:
    """Write an empty catalogue for each language of the packaged content that has none yet."""
    site = yaml.safe_load((ROOT / "youthsafe/content/site.yaml").read_text(encoding="utf-8"))
    for each in site["locales"][1:]:
        path = ROOT / "translations" / each["tag"] / "LC_MESSAGES/messages.po"
        if not path.exists():
            path.parent.mkdir(parents=True)
            new = Catalog(
                each["tag"],
                header_comment="",
                project="YouthSafe",
                version="1",
                last_translator=NOT_CHECKED,
                fuzzy=False,
            )
            with path.open("wb") as out:
                write_po(out, new)


def update(path: Path, template: Catalog) -> None:
    """Merge the template into one catalogue and write it back."""
    with path.open("rb") as text:
        catalogue = read_po(text, locale=path.parts[-3])
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as out:
        write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
    missing = sum(1 for message in catalogue if message.id and not message.string)
    print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {missing} untranslated")


if __name__ == "__main__":
    os.chdir(ROOT)
    template = extract()
    begin()
    for path in sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po")):
        update(path, template)
