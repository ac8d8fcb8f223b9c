"""Tables to which rows are only ever added: both databases refuse the rest by trigger (docs/decisions/0088)."""

from typing import Final

from sqlalchemy import DDL, Table, event

_STAYS: Final = "TRUE"


def append_only(table: Table, *, same: str, stays_while: str = _STAYS) -> None:
    """Have the triggers made with a table.

    `same` is the condition by which a row is here already as `NEW`: SQLite's REPLACE asks no other trigger. A row goes
    only once `stays_while` does not hold for it as `OLD`.
    """
    for dialect, statements in {
        "sqlite": _on_sqlite(table.name, same, stays_while),
        "postgresql": _on_postgresql(table.name, stays_while),
    }.items():
        for statement in statements:
            made = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


def _on_sqlite(name: str, same: str, stays_while: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    here_already = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608  # names of ours
    triggers = {
        f"{name}_unchanged BEFORE UPDATE ON {name}": "TRUE",
        f"{name}_kept BEFORE DELETE ON {name}": stays_while,
        f"{name}_unreplaced BEFORE INSERT ON {name}": here_already,
    }
    return [f"CREATE TRIGGER {trigger} WHEN {when} {refuse}" for trigger, when in triggers.items()]


def _on_postgresql(name: str, stays_while: str) -> list[str]:
    goes = f"IF TG_OP = 'DELETE' THEN IF NOT ({stays_while}) THEN RETURN OLD; END IF; END IF;"
    refuse = f"RAISE EXCEPTION '{name} is append-only' USING ERRCODE = 'restrict_violation';"
    triggers = {
        f"{name}_kept BEFORE UPDATE OR DELETE ON {name}": "ROW",
        f"{name}_unemptied BEFORE TRUNCATE ON {name}": "STATEMENT",
    }
    function = f"FUNCTION {name}_append_only()"
    made = f"CREATE OR REPLACE {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {goes} {refuse} END $$"
    return [made, *(f"CREATE TRIGGER {each} FOR EACH {what} EXECUTE {function}" for each, what in triggers.items())]
