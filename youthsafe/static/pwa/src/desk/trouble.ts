/** What went wrong, by a name that `trouble_words.ts` has words for; never words itself. */
import { RefusalError } from "../lib/errors.ts";

const KINDS = [
  "answer",
  "answer-offline",
  "browser",
  "busy",
  "change-lost",
  "check-words",
  "check-words-missing",
  "code",
  "conflict",
  "drawing",
  "expired",
  "forbidden",
  "head",
  "invalid",
  "invitation",
  "invitation-used",
  "kit-check",
  "kit-count",
  "kit-dead",
  "kit-server",
  "kit-word",
  "last-coordinator",
  "last-reader",
  "locked",
  "lost",
  "mailbox",
  "member",
  "missing",
  "name",
  "no-root",
  "offer",
  "offline",
  "passkey",
  "passkey-keys",
  "pin",
  "refused",
  "ring",
  "sealed",
  "server",
  "set-up-link",
  "sign-out",
  "signature",
  "signed-out",
  "team-secret",
  "unsure",
  "used-code",
  "weak",
  "words",
  "words-again",
  "words-count",
  "words-word",
] as const;

export type TroubleKind = (typeof KINDS)[number];

export const isTroubleKind = (value: unknown): value is TroubleKind => KINDS.some((kind) => kind === value);

/** A refusal that the desk has words for. `word`: which is not in the list, from 1, for the kind `words-word`. */
export class TroubleError extends RefusalError<TroubleKind> {}

/** The kind of anything that was thrown; what nobody foresaw is a fault of ours. */
export function kindOf(error: unknown): TroubleKind {
  return error instanceof TroubleError ? error.kind : "server";
}

/** After these nobody knows whether the server did what it was asked. */
export const isUnsure = (kind: TroubleKind): boolean => kind === "offline" || kind === "server";
