"""The staff door: members, their wraps and sessions, key grants, the roster; and the audit trail.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)
HASH = sa.LargeBinary(32)


def upgrade() -> None:
    op.create_table(
        "member",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("folded_name", sa.String(160), nullable=False, unique=True),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("verifier", HASH, nullable=False),
        sa.Column("salt", ID, nullable=False),
        sa.Column("memory", sa.Integer, nullable=False),
        sa.Column("passes", sa.Integer, nullable=False),
        sa.Column("totp_secret", sa.LargeBinary, nullable=False),
        sa.Column("totp_counter", sa.BigInteger, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
    )
    op.create_table(
        "member_wrap",
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "key_grant",
        sa.Column("recipient_id", ID, primary_key=True),
        sa.Column("team_id", ID, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "roster",
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
    )
    op.create_table(
        "membership",
        sa.Column("member_id", ID, primary_key=True),
        sa.Column("team_id", ID, primary_key=True),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", HASH, primary_key=True),
        sa.Column("member_id", ID, sa.ForeignKey("member.id"), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", ID),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", ID),
        sa.Column("hash", HASH, nullable=False),
    )


def downgrade() -> None:
    for table in ("audit_entry", "staff_session", "membership", "roster", "key_grant", "member_wrap", "member"):
        op.drop_table(table)
