"""The content pack's havens that do not exist, for demonstrations. Their names, streets and schemes say so."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from youthsafe.havens.models import Haven, Kind, Status

FILE: Final = "demo-havens.yaml"


def demo_havens(pack: Path, today: date) -> list[Haven]:
    """Return the fictional havens of a pack's folder, verified so many days before today; none where it has none."""
    file = pack / FILE
    entries = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    return [_haven(entry, today) for entry in entries]


def _haven(entry: dict[str, Any], today: date) -> Haven:
    verified_on = today - timedelta(days=entry["verified_days_ago"])
    return Haven(
        id=hashlib.sha256(f"demo haven {entry['slug']}".encode()).digest()[:16],
        kind=Kind(entry["kind"]),
        status=Status.ACTIVE,
        scheme="DEMO scheme (made up)",
        operator="DEMO operator (made up)",
        name=entry["name"],
        address=entry["address"],
        lat=entry["lat"],
        lon=entry["lon"],
        hours=entry["hours"],
        what_to_expect=entry["what_to_expect"],
        step_free=entry["step_free"],
        languages=entry["languages"],
        trained_on=verified_on - timedelta(days=30),
        agreement_on=verified_on - timedelta(days=40),
        verified_on=verified_on,
        verified_by_role="DEMO coordinator",
        method="made up",
        source="made up for the demonstration",
        demo=True,
    )
