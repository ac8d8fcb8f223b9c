"""Safe Havens.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "haven",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("scheme", sa.String, nullable=False),
        sa.Column("operator", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("hours", sa.JSON),
        sa.Column("what_to_expect", sa.JSON, nullable=False),
        sa.Column("step_free", sa.Boolean),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("trained_on", sa.Date),
        sa.Column("agreement_on", sa.Date),
        sa.Column("verified_on", sa.Date),
        sa.Column("verified_by_role", sa.String),
        sa.Column("method", sa.String),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.CheckConstraint("kind in ('safe-haven', 'hate-crime-site')", name="haven_kind_known"),
        sa.CheckConstraint("status in ('candidate', 'active', 'paused', 'withdrawn')", name="haven_status_known"),
        sa.CheckConstraint("lat between -90 and 90 and lon between -180 and 180", name="haven_on_earth"),
    )


def downgrade() -> None:
    op.drop_table("haven")
