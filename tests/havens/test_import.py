"""What an import file may hold, and every way in which one is refused."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import youthsafe
from tests.havens.conftest import PLACE, written
from youthsafe.havens.import_file import ImportFile, read_import
from youthsafe.havens.records import REQUIRED
from youthsafe.maps.basemap import read_basemap

TODAY = date(2026, 11, 23)
BASEMAP = read_basemap(Path(youthsafe.__file__).parent / "content/basemap.geojson")


def in_borough(lon: float, lat: float) -> bool:
    return BASEMAP.holds((lon, lat))


def read(content: bytes, *, geojson: bool = False) -> ImportFile:
    return read_import(content, geojson=geojson, today=TODAY, in_borough=in_borough)


def told(found: ImportFile) -> list[str]:
    return [refusal.told(found.unit) for refusal in found.refusals]


def places(count: int) -> Iterator[dict[str, str]]:
    """Places on a grid inside the borough, each at a position of its own."""
    made = 0
    for row in range(1000):
        for column in range(1000):
            lon, lat = -0.074 + column * 0.0008, 51.415 + row * 0.0008
            if in_borough(lon, lat):
                made += 1
                position = {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}
                yield PLACE | position | {"name": f"Place {made}", "address": f"{made} A Street"}
                if made == count:
                    return


UNSEEN = "\u200b\u200c\u200d\u200e\u2060\ufeff\u00ad\u2800\u3164\u061c"
FAULTS = {
    "kind": [("police-station", "is not a kind of place"), ("", "is not a kind of place")],
    "scheme": [("", "this is empty"), ("x" * 121, "this has 121 letters")],
    "operator": [("", "this is empty"), ("@SUM(A1)", "formula")],
    "name": [
        ("", "this is empty"),
        ("=HYPERLINK(1)", "formula"),
        ("+44", "formula"),
        ("-x", "formula"),
        ("@x", "formula"),
        ("\tx", "formula"),
        ("\rx", "formula"),
        *((f"The li{each}brary", "cannot be seen") for each in UNSEEN),
        ("＝x", "formula"),
        ("CafÃ© Noir", "wrong encoding"),
        ("Caf\ufffd", "wrong encoding"),
        ("A\u202ecafe", "cannot be seen"),
        ("A\ncafe", "cannot be seen"),
    ],
    "address": [("", "this is empty"), ("x" * 161, "this has 161 letters")],
    "lat": [("north", "not a number of degrees"), ("", "not a number of degrees"), ("91", "not a number of degrees")],
    "lon": [("0,02", "not a number of degrees"), ("nan", "not a number of degrees"), ("1e1", "not a number")],
    "hours": [("9 to 5", "is not a day"), ("mon 09:00-25:00", "a time is"), ("mon-fry 09:00-17:00", "days are")],
    "what_to_expect": [("", "this is empty"), ("x" * 501, "this has 501 letters")],
    "step_free": [("maybe", "is no answer")],
    "languages": [("", "this is empty"), ("en klingon", "not a language"), ("english", "not a language")],
    "trained_on": [("01/09/2026", "is not a day"), ("2026-02-30", "is not a day"), ("2027-01-01", "2000 and today")],
    "agreement_on": [("20260901", "is not a day"), ("1999-12-31", "between 2000 and today")],
    "source": [("", "this is empty"), ("x" * 201, "this has 201 letters")],
}  # fmt: skip
ONE_BY_ONE = [(field, value, words) for field, faults in FAULTS.items() for value, words in faults]


@pytest.mark.parametrize(("field", "value", "words"), ONE_BY_ONE)
def test_each_fault_is_told_with_its_line_its_field_and_a_way_to_mend_it(field: str, value: str, words: str) -> None:
    found = read(written(PLACE, PLACE | {"name": "B", "lat": "51.4460", field: value}))
    assert found.records == ()
    (refusal,) = (each for each in found.refusals if each.field == field)
    assert refusal.line == 3
    assert words in refusal.what
    assert refusal.fix


def test_five_thousand_rows_are_read_and_every_fault_among_them_is_told() -> None:
    rows = list(places(5000))
    expected = {}
    for number, (field, value, words) in enumerate(ONE_BY_ONE):
        if "\n" in value or "\r" in value:
            continue  # would move the lines below
        rows[80 * number][field] = value
        expected[80 * number + 2, field] = words
    rows[4990] |= {"lat": "51.5010", "lon": "-0.1416"}
    rows[4991] |= {"lat": rows[4991]["lon"], "lon": rows[4991]["lat"]}
    rows[4992] |= {"name": "PLACE  4990", "address": "4990, a street"}
    rows[4993] |= {"lat": rows[4988]["lat"], "lon": rows[4988]["lon"]}
    expected |= {
        (4992, "lat, lon"): "outside the borough",
        (4993, "lat, lon"): "outside the borough",
        (4994, "name, address"): "the same place as line 4991",
        (4995, "lat, lon"): "the same place as line 4990",
    }
    found = read(written(*rows))
    assert found.records == ()
    assert {(each.line, each.field) for each in found.refusals} == set(expected)
    for refusal in found.refusals:
        assert expected[refusal.line, refusal.field] in refusal.what
    assert any("wrong way round" in refusal.fix for refusal in found.refusals)


def test_five_thousand_good_rows_are_taken() -> None:
    assert len(read(written(*places(5000))).records) == 5000


def test_a_place_is_read_as_the_table_keeps_it() -> None:
    (record,) = read(written(PLACE)).records
    assert record.line == 2
    assert record.values["what_to_expect"] == {"en": "Ask at the desk."}
    assert (record.values["lat"], record.values["lon"], record.values["step_free"]) == (51.4452, -0.0208, True)
    assert record.values["languages"] == ["en", "so"]
    assert record.values["trained_on"] == date(2026, 9, 1)
    assert record.values["agreement_on"] is None


def test_what_to_expect_may_stand_in_other_languages() -> None:
    columns = (*REQUIRED, "what_to_expect_ar")
    (record,) = read(written(PLACE | {"what_to_expect_ar": "اسأل."}, columns=columns)).records
    assert record.values["what_to_expect"] == {"en": "Ask at the desk.", "ar": "اسأل."}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\n\n", "the file is empty"),
        (written(), "there is no place in this file"),
        (written(PLACE | {"colour": "red"}, columns=(*REQUIRED, "colour")), "line 1: colour: there is no such column"),
        (written({"name": "A"}, columns=("name",)), "line 1: address: this column is missing"),
        (written(PLACE).replace(b'"kind","scheme"', b'"kind","kind"'), "line 1: kind: this column is there twice"),
        (written(PLACE) + b"a,b\n", "line 3: there are 2 cells for 14 columns"),
        (written(PLACE) + b'"never closed\n', "not CSV"),
        (written(PLACE).replace(b"A library", b"Caf\xe9"), "line 2: byte 0xe9 is not UTF-8"),
        (written(PLACE).decode().encode("utf-16"), "is not UTF-8"),
        (written(PLACE).decode().encode("utf-16-le"), "zero byte"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (written(PLACE, columns=(*REQUIRED, "what_to_expect_xx")), "what_to_expect_xx: there is no such column"),
    ],
)
def test_a_file_that_is_no_table_of_places_is_refused(content: bytes, words: str) -> None:
    found = read(content)
    assert found.records == ()
    assert any(words in line for line in told(found)), told(found)


def feature(**properties: Any) -> dict[str, Any]:
    texts = {name: value for name, value in PLACE.items() if name not in ("lat", "lon")}
    position = {"type": "Point", "coordinates": [-0.0208, 51.4452]}
    return {"type": "Feature", "geometry": position, "properties": texts | properties}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_geojson_says_the_same_as_a_table() -> None:
    (from_table,) = read(written(PLACE)).records
    (from_json,) = read(collection(feature(step_free=True, languages=["en", "so"])), geojson=True).records
    assert from_json.values == from_table.values


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1: not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (collection(), "there is no place in this file"),
        (collection(feature(), 3), "feature 2: not a place"),
        (collection(feature() | {"geometry": {"type": "Polygon", "coordinates": []}}), "its geometry is a Polygon"),
        (collection(feature() | {"geometry": {"type": "Point", "coordinates": ["0", "51"]}}), "not numbers"),
        (collection(feature(lat="51")), "lon and lat belong in its geometry"),
        (collection(feature(name=7)), "neither a text"),
        (collection(feature(name="=1")), "feature 1: name: a spreadsheet would run this"),
        (collection(feature(colour="red")), "colour: there is no such column"),
        (collection(feature(), feature(name="B")), "feature 2: lat, lon: the same place as feature 1"),
        (collection(feature() | {"geometry": {"type": "Point", "coordinates": [51.4, 0.1]}}), "outside the borough"),
    ],
)  # fmt: skip
def test_geojson_that_holds_no_places_is_refused(content: bytes, words: str) -> None:
    found = read(content, geojson=True)
    assert found.records == ()
    assert any(words in line for line in told(found)), told(found)


def test_one_place_may_be_of_both_kinds() -> None:
    assert len(read(written(PLACE, PLACE | {"kind": "hate-crime-site"})).records) == 2


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for geojson in (False, True):
        found = read(content, geojson=geojson)
        assert bool(found.records) != bool(found.refusals)


@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in REQUIRED}))
def test_any_cells_are_read_or_refused_on_their_line(cells: dict[str, str]) -> None:
    found = read(written(PLACE, cells))
    assert bool(found.records) != bool(found.refusals)
    assert all(refusal.line >= 2 for refusal in found.refusals)


@given(
    st.sampled_from(sorted(set(REQUIRED) - {"lat", "lon"})), st.sampled_from("=+-@\t\r＝＋－＠"), st.text(max_size=20)
)
def test_no_cell_that_a_spreadsheet_would_run_is_ever_taken(field: str, first: str, rest: str) -> None:
    assert read(written(PLACE | {field: first + rest})).records == ()


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_no_two_records_are_ever_the_same_place(numbers: list[int]) -> None:
    grid = list(places(41))
    found = read(written(*(grid[number] for number in numbers)))
    assert bool(found.records) == (len(set(numbers)) == len(numbers))
    assert len({record.key for record in found.records}) == len({record.spot for record in found.records})


@pytest.mark.parametrize("name", ["کتاب\u200cخانه", "ක්\u200dෂය"])
def test_a_script_that_is_written_with_joiners_keeps_them(name: str) -> None:
    assert told(read(written(PLACE | {"name": name}))) == []
