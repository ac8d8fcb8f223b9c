"""Where a check writes as much as a report, to know that one could be accepted.

Revision 0011, after 0010. On PostgreSQL the table leaves nothing in the write-ahead log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "write_probe",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        prefixes=["UNLOGGED"] if on_postgresql else [],
    )
    if on_postgresql:
        op.execute("ALTER TABLE write_probe ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_table("write_probe")
