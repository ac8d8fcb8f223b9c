/** What to say of each kind of trouble. */
import type { VNode } from "preact";
import { figure } from "../lib/dates.ts";
import { _ } from "./texts.ts";
import { TroubleError, type TroubleKind } from "./trouble.ts";

type Words = string | VNode;

const WORDS: Record<TroubleKind, (word: number) => Words> = {
  name: () => _("Write your sign-in name."),
  code: () => _("Write the six digits, or the ten letters and digits of a recovery code."),
  "words-count": () => _("There must be six words."),
  "words-word": (word) =>
    _("Word %(number)s is not one of our words. Check how it is spelled.", { number: figure(word) }),
  "words-again": (word) =>
    _("Word %(number)s is not the one that was shown. Look at your paper, then type it again.", {
      number: figure(word),
    }),
  passkey: () => _("The passkey was not used, so nothing was saved. Try again, or use a code in its place."),
  "passkey-keys": () => _("This passkey does not open your keys. Unlock with your six words."),
  "team-secret": () =>
    _(
      "This browser does not hold the key of one of these teams, so nothing was changed. A coordinator who is in that team can do it.",
    ),
  "no-root": () => _("This browser does not hold the key that signs for this site. Nothing was changed."),
  "check-words": () =>
    _(
      "These are not the words of the browser that answered. Nothing was changed. Ask again, by voice. If they still differ, cancel the invitation: somebody may stand in between.",
    ),
  "check-words-missing": () => _("Type the three words that they said to you. Nobody is let in without them."),
  answer: () =>
    _(
      "The key that came was not made by the person who has your link. Nothing was changed. Cancel the invitation and make another one.",
    ),
  "last-coordinator": () => _("Somebody must stay coordinator. Nothing was changed."),
  "last-reader": () =>
    _(
      "They are the last who can open reports of one of these teams, so nothing was changed. Let somebody else into that team first. Until then you can stop taking reports.",
    ),
  invitation: () => _("This link is not good, or not any more. Ask for another one."),
  "invitation-used": () => _("This link was used already. If it was not you, tell your coordinator now."),
  offer: () =>
    _("What the server says was not offered by who made your link. Nothing was sent. Tell your coordinator."),
  words: () => _("These words do not open your keys. Check them and try again."),
  refused: () =>
    _(
      "The name, the words or the second factor is not right. Check all three, and wait for a new code. After five wrong tries, wait 15 minutes.",
    ),
  "signed-out": () => _("You were signed out. Sign in again."),
  locked: () => _("You were signed out. Sign in again."),
  "sign-out": () =>
    _(
      "Your keys are gone from this page, but we could not reach the server to sign you out. Reload the page and sign out again.",
    ),
  offline: () => _("We cannot reach the server. Check your connection and try again."),
  unsure: () => _("We cannot reach the server. We do not know if this was done. We look again and say it here."),
  "answer-offline": () =>
    _(
      "No clear answer came from the server, so we do not know if your answer was saved. It is still here. Send it again: it will not be sent twice.",
    ),
  lost: () =>
    _(
      "The server said that it kept your answer, but the answer is not there. It is still in the box here. Send it again, and tell your coordinator today.",
    ),
  "change-lost": () =>
    _(
      "The server said that it kept this change, but what it shows is as before. Take it as not done, and tell whoever runs the server today.",
    ),
  forbidden: () => _("You are not allowed to do this."),
  missing: () => _("This report is not here, or it is not for your team."),
  conflict: () => _("Somebody else changed this report first. Look at it again, then try once more."),
  invalid: () => _("This cannot be taken as it is, and nothing was saved. Check every field, and try again."),
  busy: () => _("Too many tries. Wait a few minutes. Nothing was saved."),
  server: () => _("Something went wrong with us. Try again in a minute."),
  "kit-count": () => _("There must be 24 words, or the line below the code."),
  "kit-word": (word) =>
    _("Word %(number)s is not one of our words. Check how it is spelled.", { number: figure(word) }),
  "kit-check": () => _("These are words of ours, but not those of a kit. Check each of them and their order."),
  "kit-dead": () =>
    _(
      "This is not the kit of this site, or a newer one has taken its place. Nothing was changed. Look for the newest kit.",
    ),
  "kit-server": () =>
    _(
      "What the server sent does not fit this kit. Nothing was changed, and nothing was sealed. Do not try again; ask whoever runs the server.",
    ),
  "set-up-link": () =>
    _(
      "This link does not set anything up: it is over, was used, or a newer one was made. Nothing was saved. Ask whoever runs the server for a new one.",
    ),
  "used-code": () => _("This code is not right. Nothing was saved. Wait for the next code and write that one."),
  ring: () =>
    _("What the server sent is not right: your keys are not in it. It is not your words. Tell your coordinator."),
  weak: () =>
    _(
      "The server asked this browser to protect your words less than it must. Nothing was sent. Do not try again; tell your coordinator.",
    ),
  pin: () =>
    _(
      "The key of this site is not the one that your words or this browser know. Nothing was opened. Do not try again; tell your coordinator.",
    ),
  signature: () =>
    _(
      "The signed list of people and teams is not right, or is older than before. Nothing was opened. Tell your coordinator.",
    ),
  head: () =>
    _(
      "What was signed before and what the server shows now do not fit together. A change was left out, or somebody signed two. Nothing was opened. Do not try again; compare the newest change with your coordinator, by phone or face to face.",
    ),
  expired: () =>
    _("The signed lists of teams and people have ended. Nothing was opened. Ask your coordinator to sign them again."),
  member: () => _("Your key is not the one in the signed list of people. Nothing was opened. Tell your coordinator."),
  drawing: () =>
    _("A part of this page cannot be shown. What you see is right, and the buttons work. Tell your coordinator."),
  sealed: () => _("This report does not open with your keys. Tell your coordinator."),
  mailbox: () => _("The mailbox of this report was exchanged. Nothing was sent. Tell your coordinator today."),
  browser: () => _("This browser cannot open sealed reports. Use a newer one."),
};

export function troubleWords(trouble: TroubleError | TroubleKind): Words {
  const { kind, word = 0 } = trouble instanceof TroubleError ? trouble : { kind: trouble, word: 0 };
  return WORDS[kind](word);
}
