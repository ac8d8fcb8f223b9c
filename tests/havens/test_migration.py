from pathlib import Path

from sqlalchemy import create_engine, inspect

from youthsafe.database import migrating


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_the_table_of_havens_comes_and_goes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'db'}"
    migrating.upgrade(url, "0002")
    assert "haven" in tables(url)
    migrating.downgrade(url, "0001")
    assert "haven" not in tables(url)
    migrating.upgrade(url, "0002")
    assert "haven" in tables(url)


def test_the_table_of_approvals_comes_and_goes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'db'}"
    migrating.upgrade(url, "0004")
    assert "haven_approval" in tables(url)
    migrating.downgrade(url, "0003")
    assert "haven_approval" not in tables(url)
