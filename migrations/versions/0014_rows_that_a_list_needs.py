"""Three indexes hold no report that their questions never look for: every index costs each sender a page to write.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_WAITING = "(state <> 'closed' OR unanswered) AND (withdrawn_at IS NULL OR opened_at IS NOT NULL)"
_HELD = ("claimed_by", "team_id", "unanswered", "urgent", "received_at", "id")
INDEXES = {
    "report_by_closing": (None, "closed_at IS NOT NULL", "closed_at"),
    "report_by_taking_back": (None, "withdrawn_at IS NOT NULL", "withdrawn_at"),
    "report_held": (_WAITING, f"{_WAITING} AND claimed_by IS NOT NULL", *_HELD),
}


def upgrade() -> None:
    for name, (_, rows, *columns) in INDEXES.items():
        _anew(name, rows, columns)


def downgrade() -> None:
    for name, (rows, _, *columns) in INDEXES.items():
        _anew(name, rows, columns)


def _anew(name: str, rows: str | None, columns: list[str]) -> None:
    where = None if rows is None else sa.text(rows)
    op.drop_index(name, "report")
    op.create_index(name, "report", columns, sqlite_where=where, postgresql_where=where)
