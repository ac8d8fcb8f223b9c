from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from youthsafe.config import Config
from youthsafe.database import transaction
from youthsafe.extensions import db
from youthsafe.instance.models import Instance


def test_a_real_instance_has_no_demo_banner(app: Flask) -> None:
    assert "demonstration" not in app.test_client().get("/en/").text


def test_a_demonstration_says_so_on_every_page(app: Flask, config: Config, make_app: Callable[[Config], Flask]) -> None:
    with app.app_context(), transaction():
        db.session.add(Instance(id=bytes(16), demo=True, root_public_key=bytes(65)))
    client = make_app(replace(config, demo=True)).test_client()
    for address in ("/en/", "/en/havens/", "/en/about/", "/en/nowhere/", "/offline"):
        assert "Nobody reads what you write here." in client.get(address).text
    assert "لا أحد يقرأ ما تكتبونه هنا." in client.get("/ar/").text
