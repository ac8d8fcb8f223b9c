/** The trail in words: one sentence for each action, and what was found broken. */
import type { ComponentChild } from "preact";
import { figure } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { Fault } from "./checking.ts";
import type { Action } from "./given.ts";

/** Who did it, to whom of the staff, and to which report: as many of them as the entry names. */
export interface Told {
  [place: string]: ComponentChild;
  who: ComponentChild;
  member: ComponentChild;
  report: ComponentChild;
}

const WORDS: Record<Action, (told: Told) => ComponentChild> = {
  "demo.prepared": (told) => _("%(who)s prepared a demonstration.", told),
  "instance.set-up": (told) => _("%(who)s set this website up.", told),
  "controller.written": (told) => _("%(who)s wrote down who answers for the reports.", told),
  "teams.decided": (told) => _("%(who)s decided whether one team is enough.", told),
  "form.opened": (told) => _("%(who)s opened the form for pupils.", told),
  "kit.replaced": (told) => _("%(who)s made a new recovery kit, and the old one is dead.", told),
  "kit.looked": () => _("Somebody with the recovery kit was given what is sealed to it."),
  "kit.used": (told) => _("%(who)s came back with the recovery kit.", told),
  "change.applied": (told) => _("%(who)s signed a change of people, teams or hours.", told),
  "member.signed-in": (told) => _("%(who)s signed in.", told),
  "member.signed-out": (told) => _("%(who)s signed out.", told),
  "member.recovery-code-used": (told) => _("%(who)s signed in with a recovery code.", told),
  "member.recovery-codes-made": (told) => _("%(who)s made new recovery codes.", told),
  "member.words-changed": (told) => _("%(who)s changed their own six words.", told),
  "member.app-enrolled": (told) => _("%(who)s set up an app for codes.", told),
  "member.app-removed": (told) => _("%(who)s removed their own app for codes.", told),
  "member.passkey-added": (told) => _("%(who)s added a passkey.", told),
  "member.passkey-removed": (told) => _("%(who)s removed a passkey.", told),
  "member.sessions-ended": (told) => _("%(who)s ended other sessions of their own.", told),
  "member.mail-changed": (told) => _("%(who)s changed their own mail address.", told),
  "member.device-added": (told) => _("%(who)s added a browser that is woken when something waits.", told),
  "member.device-removed": (told) => _("%(who)s removed a browser that was woken when something waits.", told),
  "member.factor-reset": (told) => _("%(who)s took away the second factor of %(member)s.", told),
  "member.invited": (told) => _("%(who)s invited %(member)s.", told),
  "member.answered": (told) => _("%(who)s answered an invitation.", told),
  "member.invitation-cancelled": (told) => _("%(who)s took back the invitation of %(member)s.", told),
  "member.joined": (told) => _("%(who)s let %(member)s in.", told),
  "member.removed": (told) => _("%(who)s removed %(member)s.", told),
  "member.changed": (told) => _("%(who)s changed the role or the teams of %(member)s.", told),
  "report.opened": (told) => _("%(who)s opened %(report)s.", told),
  "report.claimed": (told) => _("%(who)s claimed %(report)s.", told),
  "report.taken-over": (told) => _("%(who)s took %(report)s over from a colleague.", told),
  "report.released": (told) => _("%(who)s gave %(report)s back to the team.", told),
  "report.handed-over": (told) => _("%(who)s handed %(report)s over to a colleague.", told),
  "report.freed": (told) => _("%(who)s changed who is in the team, so %(report)s is claimed by nobody now.", told),
  "report.answered": (told) => _("%(who)s answered %(report)s.", told),
  "report.card-written": (told) => _("%(who)s wrote on the card of %(report)s.", told),
  "report.closed": (told) => _("%(who)s closed %(report)s.", told),
  "report.reopened": (told) => _("%(who)s reopened %(report)s.", told),
  "report.withdrawn": (told) => _("Its reporter took %(report)s back.", told),
  "report.held": (told) => _("%(who)s put %(report)s on hold.", told),
  "report.hold-lifted": (told) => _("%(who)s lifted the hold on %(report)s.", told),
  "report.alerted": (told) => _("The team was told that %(report)s will be erased unless somebody claims it.", told),
  "report.acknowledgement-replaced": (told) => _("%(who)s replaced what the reporter of %(report)s was told.", told),
  "report.purged": (told) =>
    told.report ? _("%(who)s erased %(report)s.", told) : _("%(who)s erased a report that nobody had opened.", told),
  "drill.made": (told) => _("The website had made %(report)s itself: it was a drill.", told),
  "drill.done": (told) => _("%(report)s, a drill, was done with and is gone.", told),
  "reports.junked": (told) => _("%(who)s closed reports of a flood as junk.", told),
  "reports.restored": (told) => _("%(who)s put back reports that were closed as junk.", told),
  "slips.posted": (told) => _("%(who)s sent in what became of reports, without naming them.", told),
  "work.raised": (told) => _("%(who)s asked every phone for more work before it sends.", told),
  "work.lowered": (told) => _("%(who)s asked phones for no more work than usual.", told),
  "mail.set": (told) => _("%(who)s changed the mail server.", told),
  "mail.removed": (told) => _("%(who)s removed the mail server.", told),
  "mail.tested": (told) => _("%(who)s sent a test message.", told),
  "form.stopped": (told) => _("%(who)s stopped taking reports.", told),
  "form.taken-up": (told) => _("%(who)s had reports taken again.", told),
  "form.closed-itself": () => _("The form closed itself, because nobody read."),
  "form.opened-itself": () => _("The form opened again by itself."),
  "retention.set": (told) => _("%(who)s changed how long reports are kept.", told),
  "havens.imported": (told) => _("%(who)s imported a file of Safe Havens.", told),
  "haven.approved": (told) => _("%(who)s approved a Safe Haven.", told),
  "haven.activated": (told) => _("%(who)s put a Safe Haven on the map.", told),
  "haven.renewed": (told) => _("%(who)s renewed the approval of a Safe Haven.", told),
  "haven.paused": (told) => _("%(who)s paused a Safe Haven.", told),
  "haven.withdrawn": (told) => _("%(who)s withdrew a Safe Haven.", told),
  "haven.proposed": (told) => _("%(who)s proposed a Safe Haven.", told),
  "haven.edited": (told) => _("%(who)s changed what is written about a Safe Haven.", told),
  "haven.flagged": (told) => _("%(who)s flagged a Safe Haven.", told),
  "haven.approval-taken-back": (told) => _("%(who)s took back an approval of a Safe Haven.", told),
  "helpline.checked": (told) => _("%(who)s marked a helpline as tried.", told),
  "helpline.alerted": (told) => _("%(who)s put an alert on a helpline.", told),
  "helpline.alert-ended": (told) => _("%(who)s ended the alert on a helpline.", told),
  "helpline.changed": (told) => _("%(who)s changed what is shown of a helpline.", told),
  "helpline.restored": (told) => _("%(who)s put a helpline back as the content pack has it.", told),
};

const isKnown = (action: string): action is Action => Object.hasOwn(WORDS, action);

/** `action`: null where nothing of the entry can be read. */
export function sentence(action: string | null, told: Told): ComponentChild {
  if (action === null) return _("What this entry says cannot be read.");
  return isKnown(action) ? WORDS[action](told) : _("%(who)s did something that this page does not know.", told);
}

const FAULTS: Record<Fault["kind"], (places: Record<"chain" | "number" | "head", string>) => ComponentChild> = {
  entry: (places) =>
    _("%(chain)s: entry %(number)s does not fit. It, or the entry before it, was changed, moved or removed.", places),
  end: (places) =>
    _(
      "%(chain)s: the newest entry is %(number)s, but the head names %(head)s. Entries were cut off, or the head was changed.",
      places,
    ),
  beginning: (places) => _("%(chain)s: what stood before entry %(number)s is gone.", places),
  empty: (places) => _("%(chain)s: the head names entry %(head)s, but there is no entry.", places),
  headless: (places) => _("%(chain)s: its head is gone, or cannot be read.", places),
};

/** `chain`: what it is called. */
export const faultWords = ({ kind, number, head }: Fault, chain: string): ComponentChild =>
  FAULTS[kind]({ chain, number: figure(number), head: figure(head) });
