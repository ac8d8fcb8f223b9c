"""Every table, as `youthsafe db revision` wrote it from the models before there was any real database.

Revision 0001, the first.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.LargeBinary(16)
HASH = sa.LargeBinary(32)
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IN_SIGHT = "(withdrawn_at IS NULL OR opened_at IS NOT NULL)"
_WAITING = f"(state <> 'closed' OR unanswered) AND {_IN_SIGHT}"


def upgrade() -> None:
    op.create_table(
        "alerted",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "kind", "channel", name=op.f("pk_alerted")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", ID, nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", ID, nullable=True),
        sa.Column("hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "audit_chain",
        sa.Column("id", ID, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "controller",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("data_protection_officer", sa.String(), nullable=False),
        sa.Column("complaints", sa.String(), nullable=False),
        sa.Column("accessibility", sa.String(), nullable=False),
        sa.Column("one_team", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_controller")),
    )
    op.create_table(
        "kit",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("token", HASH, nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit")),
    )
    op.create_table(
        "set_up_link",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_up_link")),
    )
    op.create_table(
        "form_stop",
        sa.Column("id", ID, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_stop")),
    )
    op.create_table(
        "haven",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("hours", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("what_to_expect", sa.JSON(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("agreement_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_role", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("doubt", sa.String(length=16), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind in ('safe-haven', 'hate-crime-site')", name=op.f("ck_haven_kind_known")),
        sa.CheckConstraint(
            "status in ('candidate', 'active', 'paused', 'withdrawn')", name=op.f("ck_haven_status_known")
        ),
        sa.CheckConstraint("lat between -90 and 90 and lon between -180 and 180", name=op.f("ck_haven_on_earth")),
        sa.CheckConstraint(
            "doubt in ('closed', 'moved', 'turned-away', 'details', 'other')", name=op.f("ck_haven_doubt_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_haven")),
    )
    op.create_table(
        "report_told",
        sa.Column("report_id", ID, nullable=False),
        sa.Column("step", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "step", name=op.f("pk_report_told")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "haven_import",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("geojson", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_haven_import")),
    )
    op.create_table(
        "instance",
        sa.Column("id", ID, nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("root_public_key", sa.LargeBinary(length=65), nullable=False),
        sa.Column("form_opened_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.create_table(
        "job_lease",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("runner", ID, nullable=True),
        sa.Column("leased_until", sa.DateTime(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lease")),
    )
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )
    op.create_table(
        "local_helpline",
        sa.Column("service_id", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=24), nullable=True),
        sa.Column("text_to", sa.String(length=24), nullable=True),
        sa.Column("text_say", sa.String(length=24), nullable=True),
        sa.Column("hours", sa.String(length=8), nullable=True),
        sa.Column("hours_text", sa.String(length=200), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("silent_since", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=40), nullable=True),
        sa.Column("checked_how", sa.String(length=8), nullable=True),
        sa.CheckConstraint("hours in ('always', 'see', 'unknown')", name=op.f("ck_local_helpline_hours_known")),
        sa.CheckConstraint(
            "checked_how in ('phone', 'text', 'chat', 'web')", name=op.f("ck_local_helpline_checked_how_known")
        ),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_local_helpline")),
    )
    op.create_table(
        "mail_said",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", "days_before", name=op.f("pk_mail_said")),
    )
    op.create_table(
        "mail_settings",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("server", sa.String(length=253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(length=8), nullable=False),
        sa.Column("user_name", sa.String(length=254), nullable=True),
        sa.Column("password", sa.LargeBinary(), nullable=True),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("security in ('starttls', 'tls', 'none')", name=op.f("ck_mail_settings_security_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_settings")),
    )
    op.create_table(
        "member",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded_name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("salt", ID, nullable=False),
        sa.Column("memory", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_next", sa.LargeBinary(), nullable=True),
        sa.Column("totp_counter", sa.BigInteger(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("folded_name", name=op.f("uq_member_folded_name")),
    )
    op.create_table(
        "membership",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "team_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("taken_until", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("given_up_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_due_at"), "notice", ["due_at"])

    op.create_table(
        "retention_setting",
        sa.Column("id", ID, nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("unclaimed", sa.Integer(), nullable=False),
        sa.Column("removes", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("holds_from", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_setting")),
    )

    op.create_table(
        "roster",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_roster")),
    )
    op.create_table(
        "root_grant",
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", name=op.f("pk_root_grant")),
    )
    op.create_table(
        "signed_change",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("head", HASH, nullable=False),
        sa.Column("root_change", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_signed_change")),
    )
    op.create_table(
        "secret_check",
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", HASH, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_secret_check")),
    )
    op.create_table(
        "lasting_key",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lasting_key")),
    )
    op.create_table(
        "sign_in_delay",
        sa.Column("key", HASH, nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delay")),
    )
    op.create_index(op.f("ix_sign_in_delay_tried_at"), "sign_in_delay", ["tried_at"])

    op.create_table(
        "team",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_table(
        "drill",
        sa.Column("mark", HASH, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("report_id", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_drill_team_id_team")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_drill")),
        sa.UniqueConstraint("team_id", "made_on", name=op.f("drill_once_a_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "team_bundle",
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_team_bundle")),
    )
    op.create_table(
        "tombstone",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("buried_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tombstone")),
    )
    op.create_index(op.f("ix_tombstone_buried_at"), "tombstone", ["buried_at"])

    op.create_table(
        "minimum_work",
        sa.Column("id", ID, nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minimum_work")),
    )
    op.create_index(op.f("ix_minimum_work_ends_at"), "minimum_work", ["ends_at"])

    op.create_table(
        "work_told",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_work_told")),
    )
    op.create_table(
        "push_key",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_key")),
    )
    op.create_table(
        "device",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("endpoint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_device_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_member_id"), "device", ["member_id"])
    op.create_table(
        "write_probe",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_probe")),
    )
    op.create_table(
        "erasure",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_erasure_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "reason", name=op.f("pk_erasure")),
    )
    op.create_table(
        "haven_approval",
        sa.Column("haven_id", ID, nullable=False),
        sa.Column("approver", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.CheckConstraint("method in ('visit', 'phone', 'letter')", name=op.f("ck_haven_approval_method_known")),
        sa.ForeignKeyConstraint(
            ["haven_id"], ["haven.id"], name=op.f("fk_haven_approval_haven_id_haven"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("haven_id", "approver", name=op.f("pk_haven_approval")),
    )
    op.create_table(
        "haven_import_piece",
        sa.Column("import_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["haven_import.id"],
            name=op.f("fk_haven_import_piece_import_id_haven_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_haven_import_piece")),
    )
    op.create_table(
        "key_grant",
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_key_grant_team_id_team")),
        sa.PrimaryKeyConstraint("recipient_id", "team_id", "epoch", name=op.f("pk_key_grant")),
    )
    op.create_table(
        "member_wrap",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_wrap_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "position", name=op.f("pk_member_wrap")),
    )
    op.create_table(
        "report",
        sa.Column("number", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("mailbox_id", HASH, nullable=False),
        sa.Column("mailbox_number", sa.LargeBinary(), nullable=False),
        sa.Column("mailbox_verifier", sa.LargeBinary(), nullable=False),
        sa.Column("mailbox_key", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("opened_statement", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawal_statement", sa.LargeBinary(), nullable=True),
        sa.Column("tip", HASH, nullable=False),
        sa.Column("answer_tip", HASH, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("follow_ups", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("alerted_at", sa.DateTime(), nullable=True),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.Column("difficulty", sa.SmallInteger(), nullable=False),
        sa.Column("flood_id", ID, nullable=True),
        sa.CheckConstraint("state in ('new', 'open', 'closed')", name=op.f("ck_report_state_known")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_report_team_id_team")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
        sa.UniqueConstraint("mailbox_id", name=op.f("uq_report_mailbox_id")),
    )
    op.create_index(
        "report_by_closing",
        "report",
        ["closed_at"],
        **_of("closed_at IS NOT NULL"),
    )
    op.create_index(
        "report_by_taking_back",
        "report",
        ["withdrawn_at"],
        **_of("withdrawn_at IS NOT NULL"),
    )
    op.create_index(
        "report_closed",
        "report",
        ["team_id", "closed_at", "id"],
        **_of(f"closed_at IS NOT NULL AND {_IN_SIGHT}"),
    )
    op.create_index(
        "report_claimed",
        "report",
        ["claimed_by", "team_id", "unanswered", "urgent", "received_at", "id"],
        **_of(f"{_WAITING} AND claimed_by IS NOT NULL"),
    )
    op.create_index(
        "report_flood_closed",
        "report",
        ["team_id", "closed_at", "flood_id", "received_at", "difficulty", "urgent", "opened_at"],
        **_of(f"flood_id IS NOT NULL AND {_IN_SIGHT}"),
    )
    op.create_index(
        "report_taken_back",
        "report",
        ["team_id", "urgent", "withdrawn_at"],
        **_of("(withdrawn_at IS NOT NULL AND opened_at IS NULL)"),
    )
    op.create_index(
        "report_waiting",
        "report",
        [
            *("team_id", "unanswered", "urgent", "received_at", "id", "difficulty"),
            *("opened_at", "state", "claimed_by", "answers", "follow_ups", "hold"),
        ],
        **_of(_WAITING),
    )

    op.create_table(
        "staff_session",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("enrolling", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_staff_session_member_id_member")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_table(
        "team_key",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_id", ID, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_key_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "epoch", name=op.f("pk_team_key")),
    )
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("direction", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_message_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("report_id", "direction", "number", name="message_numbered_once"),
        sqlite_with_rowid=False,
    )
    _cards()
    _people()
    _only_added_to("audit_entry", "sequence = NEW.sequence", "TRUE")
    _only_added_to(
        "card_entry",
        "place = NEW.place OR (report_id = NEW.report_id AND number = NEW.number)",
        "EXISTS (SELECT 1 FROM report WHERE id = OLD.report_id)",
    )


def _cards() -> None:
    """Case cards, and what outlives them."""
    op.create_table(
        "card_entry",
        sa.Column("place", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_card_entry_report_id_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_card_entry")),
        sa.UniqueConstraint("report_id", "number", name="card_entry_numbered_once"),
    )
    op.create_table(
        "outcome_slip",
        sa.Column("place", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_outcome_slip_team_id_team")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_outcome_slip")),
    )


def _only_added_to(table: str, same: str, stays_while: str) -> None:
    """Triggers by which a row is never changed or replaced, and goes only when it has not to stay."""
    if op.get_bind().dialect.name == "sqlite":
        here_already = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  # names of ours
        for trigger, when in (
            (f"{table}_unchanged BEFORE UPDATE ON {table}", "TRUE"),
            (f"{table}_kept BEFORE DELETE ON {table}", stays_while),
            (f"{table}_unreplaced BEFORE INSERT ON {table}", here_already),
        ):
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            op.execute(f"CREATE TRIGGER {trigger} WHEN {when} {refuse}")
        return
    function = f"FUNCTION {table}_append_only()"
    goes = f"IF TG_OP = 'DELETE' THEN IF NOT ({stays_while}) THEN RETURN OLD; END IF; END IF;"
    refuse = f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';"
    op.execute(f"CREATE OR REPLACE {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {goes} {refuse} END $$")
    for trigger in (
        f"{table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
        f"{table}_unemptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
    ):
        op.execute(f"CREATE TRIGGER {trigger} EXECUTE {function}")


def _people() -> None:
    """Second factors, and how somebody joins."""
    op.create_table(
        "passkey",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_passkey_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_member_id"), "passkey", ["member_id"])
    op.create_table(
        "used_challenge",
        sa.Column("hash", HASH, nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_used_challenge")),
    )
    op.create_index(op.f("ix_used_challenge_until"), "used_challenge", ["until"])
    op.create_table(
        "recovery_code",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_code_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "second_factor_reset",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_second_factor_reset_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_second_factor_reset")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded_name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("teams", sa.LargeBinary(), nullable=False),
        sa.Column("offer", sa.LargeBinary(), nullable=False),
        sa.Column("offer_mac", HASH, nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("proof", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_invitation_made_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("folded_name", name=op.f("uq_invitation_folded_name")),
        sa.UniqueConstraint("member_id", name=op.f("uq_invitation_member_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "security_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_security_event_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_event")),
    )
    op.create_index(op.f("ix_security_event_member_id"), "security_event", ["member_id"])


def downgrade() -> None:
    for table in (
        "device",
        "push_key",
        "security_event",
        "invitation",
        "second_factor_reset",
        "recovery_code",
        "used_challenge",
        "passkey",
        "card_entry",
        "outcome_slip",
        "message",
        "team_key",
        "staff_session",
        "report",
        "member_wrap",
        "key_grant",
        "haven_import_piece",
        "haven_import",
        "local_helpline",
        "haven_approval",
        "erasure",
        "write_probe",
        "work_told",
        "minimum_work",
        "tombstone",
        "team_bundle",
        "drill",
        "team",
        "sign_in_delay",
        "secret_check",
        "lasting_key",
        "signed_change",
        "root_grant",
        "roster",
        "notice",
        "retention_setting",
        "membership",
        "member",
        "mail_settings",
        "mail_said",
        "job_run",
        "job_lease",
        "instance",
        "haven",
        "set_up_link",
        "kit",
        "controller",
        "form_stop",
        "report_told",
        "audit_chain",
        "audit_entry",
        "alerted",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("audit_entry", "card_entry"):
            op.execute(f"DROP FUNCTION {table}_append_only()")


def _of(rows: str) -> dict[str, Any]:
    """Which rows an index holds."""
    return {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}
