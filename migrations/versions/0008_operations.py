"""When jobs last ended well, and what lets a purge find what is due without reading every report.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_INDEXES = {
    "report_by_closing": ("report", "closed_at"),
    "report_by_taking_back": ("report", "withdrawn_at"),
    "report_by_coming": ("report", "received_at"),
    "ix_tombstone_buried_at": ("tombstone", "buried_at"),
}


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("ended_at", sa.DateTime, nullable=False),
    )
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
    op.drop_table("job_run")
