"""Flask extensions, unbound: imports none of our code, so that every room can import this."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Base of every table."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = Babel()


def _named_policies_only() -> str:
    """Fail loudly when a limit is added without a policy's own key function."""
    raise LookupError("every limit names its own key function: see youthsafe/limits/")


limiter = Limiter(key_func=_named_policies_only)
