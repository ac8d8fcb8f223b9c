"""A mailbox is known by a keyed hash of its token's verifier, which a report's body carries in the token's place.

Revision 0007, after 0006. What was kept before cannot be made into the new form: those mailboxes open no more.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE report RENAME COLUMN mailbox_token TO mailbox_verifier")


def downgrade() -> None:
    op.execute("ALTER TABLE report RENAME COLUMN mailbox_verifier TO mailbox_token")
