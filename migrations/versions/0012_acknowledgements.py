"""What the desk says to a reporter of a report, kept with the report and encrypted again.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COLUMNS = ("opened_statement", "withdrawal_statement")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("report", sa.Column(column, sa.LargeBinary))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("report", column)
