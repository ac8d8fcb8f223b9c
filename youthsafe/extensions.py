"""Flask extensions, unbound: imports none of our code, so that every room can import this."""

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Base of every table."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = Babel()
