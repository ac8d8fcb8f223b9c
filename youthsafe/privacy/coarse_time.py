"""Moments made coarse enough that they point at nobody."""

from datetime import datetime


def to_hour(moment: datetime) -> datetime:
    """Return the start of the moment's hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def to_minute(moment: datetime) -> datetime:
    """Return the start of the moment's minute, kept only while an urgent report waits to be opened."""
    return moment.replace(second=0, microsecond=0)


def hour_number(moment: datetime) -> int:
    """Return hours since 1970-01-01T00:00Z, rounded down."""
    return int(moment.timestamp()) // 3600
