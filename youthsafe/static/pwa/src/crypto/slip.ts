/** An outcome slip: what became of one report, which names none (docs/envelope.md section 6.8). */
import { type Bytes, concat, equal, FormatError, Reader, u8, u32, utf8 } from "./bytes.ts";
import { encodeFields, type Fields, readFields, SLIP, type SlipName } from "./card_fields.ts";
import { ID_LENGTH } from "./envelope.ts";
import type { TeamSecret } from "./keyring.ts";
import { pad, unpad } from "./padding.ts";
import { gcmOpen, gcmSeal, hkdf, random, SealError } from "./primitives.ts";

/** `id`: by which a reader knows one that came twice. */
export interface Slip {
  id: Bytes;
  fields: Fields<SlipName>;
}

const KIND = 4;
const VERSION = 1;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const PADDED = 512;
const LABEL = "youthsafe/v1/slip";

const headOf = (teamId: Bytes, epoch: number): Bytes => concat(utf8("YSO"), u8(VERSION), teamId, u32(epoch));

const aad = (head: Bytes): Bytes => concat(utf8(LABEL), u8(0), head);

function checkMonth({ month }: Fields<SlipName>): void {
  if (month === undefined) throw new FormatError("a slip of no month");
}

/** Sealed under the team's newest key: 564 bytes; throws FormatError when a rule is broken. `id`: another than every slip's before. */
export async function sealSlip(
  { teamId, seeds }: TeamSecret,
  fields: Fields<SlipName>,
  id: Bytes = random(ID_LENGTH),
): Promise<Bytes> {
  checkMonth(fields);
  const newest = seeds[0];
  if (!newest) throw new SealError("a team without a key");
  const content = concat(u8(KIND), id, encodeFields(SLIP, fields));
  const [head, nonce] = [headOf(teamId, newest.epoch), random(NONCE_LENGTH)];
  const key = await hkdf(newest.seed, LABEL, 32);
  return concat(head, nonce, await gcmSeal({ key, nonce, aad: aad(head), plaintext: pad(content, PADDED) }));
}

/** Throws FormatError, or SealError for what nobody of the team wrote. */
export async function openSlip({ teamId, seeds }: TeamSecret, bytes: Uint8Array): Promise<Slip> {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSO"), "kind of object");
  reader.expect(u8(VERSION), "version");
  const [team, epoch, nonce] = [reader.take(ID_LENGTH), reader.u32(), reader.take(NONCE_LENGTH)];
  const ciphertext = reader.take(PADDED + TAG_LENGTH);
  reader.end();
  const found = seeds.find((each) => each.epoch === epoch);
  if (!found || !equal(team, teamId)) throw new SealError("a team or an epoch whose key is not here");
  const key = await hkdf(found.seed, LABEL, 32);
  return readContent(unpad(await gcmOpen({ key, nonce, aad: aad(headOf(team, epoch)), ciphertext }), PADDED));
}

function readContent(content: Bytes): Slip {
  const reader = new Reader(content);
  reader.expect(u8(KIND), "kind of content");
  const slip = { id: reader.take(ID_LENGTH), fields: readFields(SLIP, reader) };
  checkMonth(slip.fields);
  return slip;
}
