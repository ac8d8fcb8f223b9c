"""What the trail can say that somebody did."""

from enum import StrEnum


class Action(StrEnum):
    """An action; the subject it is done to is named beside it. Values are part of the hashes: never change one."""

    DEMO_PREPARED = "demo.prepared"  # instance
    INSTANCE_SET_UP = "instance.set-up"  # instance
    CONTROLLER_WRITTEN = "controller.written"  # no subject, here and below
    TEAMS_DECIDED = "teams.decided"
    FORM_OPENED = "form.opened"
    KIT_REPLACED = "kit.replaced"  # no subject
    KIT_LOOKED = "kit.looked"  # no subject: whoever has the kit was given what is sealed to it
    KIT_USED = "kit.used"  # the member who came back by it; the kit is replaced in the same moment
    CHANGE_APPLIED = "change.applied"  # instance
    SIGNED_IN = "member.signed-in"  # member
    SIGNED_OUT = "member.signed-out"  # member, here and below
    RECOVERY_CODE_USED = "member.recovery-code-used"
    RECOVERY_CODES_MADE = "member.recovery-codes-made"
    WORDS_CHANGED = "member.words-changed"
    APP_ENROLLED = "member.app-enrolled"
    APP_REMOVED = "member.app-removed"
    PASSKEY_ADDED = "member.passkey-added"
    PASSKEY_REMOVED = "member.passkey-removed"
    SESSIONS_ENDED = "member.sessions-ended"
    MAIL_CHANGED = "member.mail-changed"
    DEVICE_ADDED = "member.device-added"  # a browser that is woken when something waits
    DEVICE_REMOVED = "member.device-removed"
    SECOND_FACTOR_RESET = "member.factor-reset"
    MEMBER_INVITED = "member.invited"
    INVITATION_ANSWERED = "member.answered"
    INVITATION_CANCELLED = "member.invitation-cancelled"
    MEMBER_JOINED = "member.joined"
    MEMBER_REMOVED = "member.removed"
    MEMBER_CHANGED = "member.changed"  # another role or other teams
    REPORT_OPENED = "report.opened"  # report, here and below
    REPORT_CLAIMED = "report.claimed"
    REPORT_TAKEN_OVER = "report.taken-over"
    REPORT_RELEASED = "report.released"
    REPORT_HANDED_OVER = "report.handed-over"  # to a colleague, who has claimed it from then on
    REPORT_FREED = "report.freed"  # whoever had claimed it reads its team's reports no more
    REPORT_ANSWERED = "report.answered"
    REPORT_CARD_WRITTEN = "report.card-written"  # an entry of its card came
    REPORT_CLOSED = "report.closed"
    REPORT_REOPENED = "report.reopened"
    REPORT_WITHDRAWN = "report.withdrawn"  # by its reporter, in the hour, and only once it had been opened
    REPORT_HELD = "report.held"
    REPORT_HOLD_LIFTED = "report.hold-lifted"
    REPORT_ALERTED = "report.alerted"  # its team is told that it will be erased unless somebody claims it
    REPORT_ACKNOWLEDGEMENT_REPLACED = "report.acknowledgement-replaced"  # what was said to its reporter before
    REPORT_PURGED = "report.purged"  # without a subject when nobody had opened it
    DRILL_MADE = "drill.made"  # report, here and below; written when it is opened, and says when it was made
    DRILL_DONE = "drill.done"  # by who opened it, or a day later by nobody
    REPORTS_JUNKED = "reports.junked"  # the id of the closing, here and below
    REPORTS_RESTORED = "reports.restored"
    SLIPS_POSTED = "slips.posted"  # no subject: what became of reports that nobody names
    WORK_RAISED = "work.raised"  # the id of the minimum
    WORK_LOWERED = "work.lowered"  # no subject
    MAIL_SET = "mail.set"  # no subject, here and below
    MAIL_REMOVED = "mail.removed"
    MAIL_TESTED = "mail.tested"
    FORM_STOPPED = "form.stopped"  # the id of the stop, here and below
    FORM_TAKEN_UP = "form.taken-up"
    FORM_CLOSED_ITSELF = "form.closed-itself"
    FORM_OPENED_ITSELF = "form.opened-itself"
    RETENTION_SET = "retention.set"  # the id of the setting
    HAVENS_IMPORTED = "havens.imported"  # no subject
    HAVEN_APPROVED = "haven.approved"  # haven, here and below
    HAVEN_ACTIVATED = "haven.activated"
    HAVEN_RENEWED = "haven.renewed"
    HAVEN_PAUSED = "haven.paused"
    HAVEN_WITHDRAWN = "haven.withdrawn"
    HAVEN_PROPOSED = "haven.proposed"
    HAVEN_EDITED = "haven.edited"
    HAVEN_FLAGGED = "haven.flagged"
    HAVEN_APPROVAL_TAKEN_BACK = "haven.approval-taken-back"
    HELPLINE_CHECKED = "helpline.checked"  # a digest of the helpline's id in the pack, here and below
    HELPLINE_ALERTED = "helpline.alerted"
    HELPLINE_ALERT_ENDED = "helpline.alert-ended"
    HELPLINE_CHANGED = "helpline.changed"
    HELPLINE_RESTORED = "helpline.restored"
