"""The instance, its public bundle, teams, sealed reports and messages.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)
HASH = sa.LargeBinary(32)


def upgrade() -> None:
    op.create_table(
        "instance",
        sa.Column("id", ID, primary_key=True),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("root_public_key", sa.LargeBinary(65), nullable=False),
        sa.Column("audit_head", HASH),
    )
    op.create_table(
        "team_bundle",
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
    )
    op.create_table(
        "team",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Integer, nullable=False),
    )
    op.create_table(
        "team_key",
        sa.Column("team_id", ID, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key_id", ID, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "report",
        sa.Column("id", ID, primary_key=True),
        sa.Column("team_id", ID, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("mailbox_id", HASH, nullable=False, unique=True),
        sa.Column("mailbox_token", HASH, nullable=False),
        sa.Column("mailbox_key", sa.LargeBinary, nullable=False),
        sa.Column("note", sa.LargeBinary, nullable=False),
        sa.Column("tip", HASH, nullable=False),
        sa.Column("answer_tip", HASH, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("claimed_by", ID),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("follow_ups", sa.Integer, nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("unanswered", sa.Boolean, nullable=False),
        sa.CheckConstraint("state in ('new', 'open', 'closed')", name="report_state_known"),
    )
    op.create_index("report_by_team_and_state", "report", ["team_id", "state"])
    op.create_table(
        "message",
        sa.Column("id", ID, primary_key=True),
        sa.Column("report_id", ID, sa.ForeignKey("report.id"), nullable=False),
        sa.Column("direction", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("report_id", "direction", "number", name="message_numbered_once"),
    )


def downgrade() -> None:
    for table in ("message", "report", "team_key", "team", "team_bundle", "instance"):
        op.drop_table(table)
