/** Words for how far a message came, for what stopped it, and for the kinds of mail. */
import { _ } from "../../texts.ts";
import type { Mail, MailProblem, MailReached } from "../../wire.ts";

type MailKind = Mail["queue"]["given_up"][number]["kind"];

export const PROBLEM_WORDS: Record<MailProblem, () => string> = {
  "no-address": () => _("The person has no address of mail."),
  "no-such-server": () => _("There is no server of this name. Check how it is spelled."),
  "cannot-connect": () => _("The server cannot be reached at this port, or it turned us away. Check name and port."),
  "timed-out": () => _("The server did not answer in time. Check the port, or try again later."),
  "not-smtp": () => _("What answers there is no mail server. Check name and port."),
  "broken-off": () => _("The server broke the connection off. Check port and encryption."),
  "tls-missing": () => _("The server offers no encryption at this port. No password was sent. Try port 465."),
  "tls-failed": () => _("The encryption could not begin. Check that port and kind of encryption belong together."),
  certificate: () =>
    _("The certificate of the server is not right: it has ended, is of another name, or nobody vouches for it."),
  "sign-in-not-offered": () => _("The server takes no user and password here. Check the port, or leave them empty."),
  "sign-in-wanted": () => _("The server wants a user and a password."),
  "wrong-password": () => _("The server did not accept the user or the password."),
  "sender-refused": () => _("The server does not take mail from this sender’s address."),
  "recipient-refused": () => _("The server does not take mail for this recipient’s address."),
  refused: () => _("The server refused the message."),
  "try-later": () => _("The server asks us to try again later. Mail that waits does so by itself."),
};

const REACHED_WORDS: Record<MailReached, () => string> = {
  nothing: () => "",
  connected: () => _("The server answered."),
  encrypted: () => _("The connection is encrypted, and the certificate is right."),
  "signed-in": () => _("The server took the user and the password."),
  accepted: () => _("The server accepted the message."),
};

const STEPS: readonly MailReached[] = ["connected", "encrypted", "signed-in", "accepted"];

/** What was done, step by step. `left`: the steps that these settings do not have. */
export function reachedWords(reached: MailReached, left: readonly MailReached[]): string[] {
  const last = STEPS.indexOf(reached);
  return STEPS.filter((step, at) => at <= last && !left.includes(step)).map((step) => REACHED_WORDS[step]());
}

export const KIND_WORDS: Record<MailKind, () => string> = {
  "work-waits": () => _("that something is waiting"),
  "danger-waits": () => _("that something urgent is waiting"),
  "danger-unopened": () => _("that nobody has opened something urgent"),
  "second-factor-reset": () => _("that a second factor was reset"),
  "second-factor-reset-by-you": () => _("that somebody reset the second factor of a colleague"),
  "kit-looked": () => _("that somebody used the recovery kit"),
  "account-changed": () => _("that something about an account was changed"),
  "mail-changed": () => _("that an address for mail was changed"),
  "form-closed": () => _("that the form has closed itself"),
  "bundle-ends": () => _("that the list of teams ends"),
  "roster-ends": () => _("that the list of people ends"),
  head: () => _("the heads to compare"),
};
