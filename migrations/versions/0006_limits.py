"""The work that reports cost, waits after wrong sign-ins, and reports closed as junk.

Revision 0006, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("work_step", sa.SmallInteger, nullable=False, server_default="0"))
    op.add_column("report", sa.Column("junk_id", sa.LargeBinary(16)))
    op.create_table(
        "work_floor",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("begins_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_work_floor_ends_at", "work_floor", ["ends_at"])
    op.create_table(
        "sign_in_delay",
        sa.Column("key", sa.LargeBinary(32), primary_key=True),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_sign_in_delay_tried_at", "sign_in_delay", ["tried_at"])


def downgrade() -> None:
    op.drop_table("sign_in_delay")
    op.drop_table("work_floor")
    op.drop_column("report", "junk_id")
    op.drop_column("report", "work_step")
