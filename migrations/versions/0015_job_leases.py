"""Whose turn each job is.

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("runner", sa.LargeBinary(16)),
        sa.Column("leased_until", sa.DateTime, nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("job_lease")
