"""A file of slides (.pptx) with a title, large text and notes on each. It holds no link and no picture."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.shapes.placeholder import SlidePlaceholder
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

from youthsafe.cards.lessons.paragraphs import Paragraph, said

TEXT: Final = Pt(28)
TITLE: Final = Pt(36)
_WIDTH, _HEIGHT, _EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
_TITLE_AND_TEXT: Final = 1
_INDENT: Final = Inches(0.5)
_DRAWING: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_SIGNS: Final = {
    "p": f"<a:buNone {_DRAWING}/>",
    "ul": f'<a:buChar {_DRAWING} char="•"/>',
    "ol": f'<a:buAutoNum {_DRAWING} type="arabicPeriod"/>',
    "A": f'<a:buAutoNum {_DRAWING} type="alphaUcPeriod"/>',
}


class SlidesFile:
    """A file that grows by one slide at a time, in one language."""

    def __init__(self, title: str, language: str, *, right_to_left: bool) -> None:
        self._language, self._right_to_left = language, right_to_left
        self._file = Presentation()
        self._file.slide_width, self._file.slide_height = _WIDTH, _HEIGHT
        core = self._file.core_properties
        core.title, core.language, core.author = title, language, ""

    def add(self, title: str, text: Sequence[Paragraph], notes: Sequence[Paragraph]) -> None:
        """Add a slide."""
        slide = self._file.slides.add_slide(self._file.slide_layouts[_TITLE_AND_TEXT])
        heading, body = slide.placeholders[0], slide.placeholders[1]
        _place(heading, top=Inches(0.35), height=Inches(1.25))
        _place(body, top=Inches(1.6), height=Inches(5.5))
        self._write(heading.text_frame, [said(title, bold=True)], TITLE)
        self._write(body.text_frame, text, TEXT)
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            self._write(frame, notes, None)

    def content(self) -> bytes:
        """Return the file: the same bytes whenever and wherever it is made, so that `verify-site` can compare it."""
        made, kept = BytesIO(), BytesIO()
        self._file.save(made)
        with ZipFile(made) as parts, ZipFile(kept, "w") as undated:
            for name in parts.namelist():
                undated.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
        return kept.getvalue()

    def _write(self, frame: TextFrame, paragraphs: Iterable[Paragraph], size: Pt | None) -> None:
        frame.word_wrap = True
        for place, paragraph in enumerate(paragraphs):
            line: _Paragraph = frame.add_paragraph() if place else frame.paragraphs[0]  # type: ignore[no-untyped-call]
            self._fill(line, paragraph, size)

    def _fill(self, line: _Paragraph, paragraph: Paragraph, size: Pt | None) -> None:
        line.alignment = PP_ALIGN.RIGHT if self._right_to_left else PP_ALIGN.LEFT
        _sign(line, paragraph.kind, right_to_left=self._right_to_left)
        for part in paragraph.runs:
            run = line.add_run()
            run.text = part.text
            run.font.bold = part.bold or None
            run.font.size = size
            run._r.get_or_add_rPr().set("lang", part.language or self._language)  # noqa: SLF001 — has no public name


def _place(shape: SlidePlaceholder, *, top: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = _EDGE, top, _WIDTH - 2 * _EDGE, height


def _sign(line: _Paragraph, kind: str, *, right_to_left: bool) -> None:
    """Say what stands before a line, and which way it runs: python-pptx has no words for either."""
    look = line._p.get_or_add_pPr()  # noqa: SLF001
    indent = 0 if kind == "p" else _INDENT
    look.set("marR" if right_to_left else "marL", str(indent))
    look.set("marL" if right_to_left else "marR", "0")
    look.set("indent", str(-indent))
    look.set("rtl", "1" if right_to_left else "0")
    look.append(parse_xml(_SIGNS[kind]))
