"""Approvals of havens that are not active yet.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "haven_approval",
        sa.Column("haven_id", sa.LargeBinary(16), sa.ForeignKey("haven.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("approver", sa.String(40), primary_key=True),
        sa.Column("method", sa.String(8), nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.CheckConstraint("method in ('visit', 'phone', 'letter')", name="haven_approval_method_known"),
    )


def downgrade() -> None:
    op.drop_table("haven_approval")
