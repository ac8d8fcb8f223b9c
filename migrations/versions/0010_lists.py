"""Indexes that fit the desk's lists: a page of each is read in its order, and nothing before it.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_IN_SIGHT = "(withdrawn_at IS NULL OR opened_at IS NOT NULL)"
_WAITING = f"(state <> 'closed' OR unanswered) AND {_IN_SIGHT}"
_UNTOUCHED = f"state <> 'closed' AND claimed_by IS NULL AND answers = 0 AND follow_ups = 0 AND {_IN_SIGHT}"
_FLOOD = ("received_at", "work_step", "urgent", "opened_at")
INDEXES = {
    "report_waiting": (_WAITING, "team_id", "unanswered", "urgent", "received_at", "id", "work_step"),
    "report_held": (_WAITING, "claimed_by", "team_id", "unanswered", "urgent", "received_at", "id"),
    "report_closed": (f"closed_at IS NOT NULL AND {_IN_SIGHT}", "team_id", "closed_at", "id"),
    "report_untouched": (_UNTOUCHED, "team_id", *_FLOOD),
    "report_junked": (f"junk_id IS NOT NULL AND {_IN_SIGHT}", "team_id", "closed_at", "junk_id", *_FLOOD),
    "report_taken_back": ("withdrawn_at IS NOT NULL AND opened_at IS NULL", "team_id", "urgent", "withdrawn_at"),
}


def upgrade() -> None:
    op.drop_index("report_by_team_and_state", "report")
    for name, (rows, *columns) in INDEXES.items():
        where = sa.text(rows)
        op.create_index(name, "report", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "report")
    op.create_index("report_by_team_and_state", "report", ["team_id", "state"])
