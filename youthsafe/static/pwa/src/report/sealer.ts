/**
 * The worker that seals a report, of which each language with a list of words has its own (`sealer_en.ts`). It gets the plain answers, gives the finished request and the receipt code, and
 * forgets both.
 */
import type { Bytes } from "../crypto/bytes.ts";
import { b64 } from "../crypto/bytes.ts";
import type { Answer } from "../crypto/content.ts";
import { encodeReport, hourOf } from "../crypto/content.ts";
import { deriveMailbox, sealNote, verifierOf } from "../crypto/mailbox.ts";
import { sha256 } from "../crypto/primitives.ts";
import { makeCode } from "../crypto/receipt.ts";
import { sealReport } from "../crypto/report.ts";
import { RefusalError } from "../lib/errors.ts";
import { serve } from "../lib/worker_server.ts";
import type { Believed } from "../trust/acceptance.ts";
import { believe, described, recipient, requireCrypto } from "../trust/acceptance.ts";

const BODY_LENGTH = 14_549;
const NOTHING = new Uint8Array(32);

let believed: Believed | null = null;
type Writer = (secret: Bytes) => Promise<string[]>;
let written: Writer = () => Promise.resolve([]);

async function accept(question: Parameters<typeof believe>[0]) {
  await requireCrypto();
  believed = await believe(question);
  return described(believed);
}

/**
 * A report without a wish for a reply carries the mailbox of a code that is thrown away, so that its length says
 * nothing.
 */
async function seal({
  answers,
  locale,
  now,
  team: id,
  wantsReply,
}: {
  answers: Answer[];
  locale: string;
  now: number;
  team: string;
  wantsReply: boolean;
}): Promise<{ id: string; body: string; words: string[] | null }> {
  const { bundle, team } = recipient(believed, id, now);
  const secret = makeCode();
  const mailbox = await deriveMailbox(secret, bundle.instanceId);
  const mailboxKeyHash = wantsReply ? await sha256(mailbox.publicKey) : NOTHING;
  const content = encodeReport({
    hour: hourOf(now),
    mailboxKeyHash,
    auth: wantsReply ? mailbox.auth : NOTHING,
    locale,
    answers,
  });
  const { reportId, envelope } = await sealReport({
    teamId: team.id,
    epoch: team.epoch,
    teamKey: team.publicKey,
    content,
  });
  const note = await sealNote({
    noteKey: mailbox.noteKey,
    reportId,
    teamId: team.id,
    fingerprint: bundle.fingerprint,
    sent: 0,
    tip: await sha256(envelope),
  });
  const verifier = await verifierOf(mailbox.token); // what lies in the outbox opens and takes back nothing
  const body = JSON.stringify({
    envelope: b64(envelope),
    mailbox: { id: b64(mailbox.id), verifier: b64(verifier), key: b64(mailbox.publicKey), note: b64(note) },
  });
  if (body.length !== BODY_LENGTH) throw new RefusalError("sealing");
  return { id: b64(reportId), body, words: wantsReply ? await written(secret) : null };
}

const methods = { accept, seal };
export type Sealer = typeof methods;

/** Begin. `writer`: writes a code as its reader can copy it. */
export function serveSealer(writer: Writer) {
  written = writer;
  serve(methods);
}
