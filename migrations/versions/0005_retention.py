"""Taking a report back, keeping one from the timer, and what is left of those that are gone.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("withdrawn_at", sa.DateTime))
    op.add_column("report", sa.Column("alerted_at", sa.DateTime))
    op.add_column("report", sa.Column("hold", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "tombstone",
        sa.Column("hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("buried_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "erasure",
        sa.Column("team_id", sa.LargeBinary(16), sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("reason", sa.String(16), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("tombstone")
    for column in ("hold", "alerted_at", "withdrawn_at"):
        op.drop_column("report", column)
