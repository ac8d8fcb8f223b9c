"""`youthsafe content check` tells a borough what to mend, where, and how."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from youthsafe.pack.commands import content

Change = Callable[[str, str, str], None]


def check(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(content, ["check", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_sound_pack_passes(folder: Path) -> None:
    code, output = check(folder)
    assert code == 0
    assert output.startswith("0 to mend, ")


def test_every_fault_is_listed_and_fails(folder: Path, change: Change) -> None:
    lines = (folder / "site.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "dir: rtl" in text)
    change("site.yaml", "dir: rtl", "dir: left")
    change("services.yaml", "cost: free", "cost: cheap")
    code, output = check(folder)
    assert code == 1
    assert f"site.yaml:{line}: “dir” cannot be “left” — choose one of: ltr, rtl" in output
    assert "services.yaml:" in output
    assert "2 to mend" in output


def test_a_card_that_is_too_hard_fails(folder: Path, change: Change) -> None:
    hard = "Safeguarding organisations unequivocally necessitate institutional accountability arrangements. " * 12
    change("en/cards/bullying/when-you-see-it.md", "When people look on", hard)
    code, output = check(folder)
    assert code == 1
    assert "en/cards/bullying/when-you-see-it.md:1: the card reads at grade" in output


def test_notes_name_the_fingerprint_that_a_mended_translation_needs(folder: Path, change: Change) -> None:
    change("en/cards/bullying/when-you-see-it.md", "Most of them do not.", "Most do not.")
    code, output = check(folder, "--notes")
    assert code == 0
    assert (
        "note: ar/cards/bullying/when-you-see-it.md:1: ar: the English has changed — mend it, then set source:"
        in output
    )
    assert "nobody has tried “childline”" in output
