/** Sealing an answer: what was typed, sealed to the mailbox of its report after the newest answer. */
import { b64 } from "../../crypto/bytes.ts";
import { hourOf } from "../../crypto/content.ts";
import { sealAnswer } from "../../crypto/messages.ts";
import { SealError } from "../../crypto/primitives.ts";
import { type Keys, teamKey } from "../session/key_ring.ts";
import { TroubleError } from "../trouble.ts";
import type { AnswerTies, OpenedReport } from "./opening.ts";

/** `followUps`: how many the person was shown; `seen`: the answers that they know of. */
export interface TypedAnswer {
  id: string;
  text: string;
  locale: string;
  followUps: number;
  seen: string[];
}

/** `epoch`: of the team's key that it is sealed to, beside the mailbox. */
export interface SealedAnswer {
  text: string;
  locale: string;
  id: string;
  after: string;
  epoch: number;
  envelope: string;
}

/** `report`: as it was when the answer was sealed. */
export interface FreshlySealed {
  sealed: SealedAnswer;
  report: OpenedReport;
}

/** Seal to the mailbox of the report; throws TroubleError `mailbox` when it is not the one that the report named. `now`: milliseconds since 1970. */
export async function sealTypedAnswer(
  { text, locale }: Pick<TypedAnswer, "text" | "locale">,
  ties: AnswerTies,
  keys: Keys,
  now: number,
): Promise<SealedAnswer> {
  const { epoch, publicKey } = teamKey(keys, ties.teamId);
  const letter = { ...ties, epoch, teamKey: publicKey, serial: keys.serial, hour: hourOf(now), locale, text };
  const { messageId, envelope } = await sealAnswer(letter).catch((error: unknown) => {
    throw error instanceof SealError ? new TroubleError("mailbox") : error;
  });
  return { text, locale, id: b64(messageId), after: b64(ties.previous), epoch, envelope: b64(envelope) };
}

/** What the server is sent. */
export function bodyOf({ followUps }: Pick<TypedAnswer, "followUps">, { after, envelope }: SealedAnswer) {
  return { after, envelope, follow_ups: followUps };
}
