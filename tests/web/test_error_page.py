from pathlib import Path

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

WORDS = {
    400: "That did not work",
    404: "We cannot find that page",
    405: "That did not work",
    429: "Too many tries",
    500: "Something broke, and it is our fault",
    503: "This does not work right now",
}


@pytest.mark.parametrize(("status", "words"), WORDS.items())
def test_every_error_says_what_happened_what_was_saved_and_what_to_do(app: Flask, status: int, words: str) -> None:
    with app.test_request_context("/en/"):
        page = render_template("web/error.html", status=status)
    for text in (f"<h1>{words}</h1>", "Nothing was saved and nothing was sent.", "tel:999", "tel:08001111"):
        assert text in page


def test_an_error_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    response = client.get("/ar/nowhere/")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl"' in response.text
    assert "لا نجد هذه الصفحة" in response.text


def test_an_error_page_needs_no_database(client: FlaskClient, database_path: Path) -> None:
    database_path.unlink()
    response = client.get("/en/nowhere/")
    assert response.status_code == 404
    assert "tel:999" in response.text


def test_an_error_never_repeats_the_address(client: FlaskClient) -> None:
    assert "canary" not in client.get("/en/canary-0800/").text
