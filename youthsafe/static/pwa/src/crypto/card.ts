/**
 * A report's case card: entries that the team writes and reads, chained, sealed under the team's key (docs/envelope.md
 * section 6.7).
 */
import { type Bytes, b64, concat, equal, FormatError, lp, Reader, u8, u32, utf8 } from "./bytes.ts";
import { CARD, type CardName, encodeFields, type Fields, readFields } from "./card_fields.ts";
import { inOrder } from "./chain.ts";
import { ID_LENGTH } from "./envelope.ts";
import type { TeamSecret } from "./keyring.ts";
import { PADDED_LENGTH, pad, unpad } from "./padding.ts";
import { gcmOpen, gcmSeal, hkdf, hmac, random, SealError, sha256 } from "./primitives.ts";
import { checkedName } from "./roster.ts";

/** What an entry is bound to. `number`: 1 for the first; `previous`: hash of the entry before it, or of the report's envelope. */
export interface EntryHead {
  teamId: Bytes;
  epoch: number;
  reportId: Bytes;
  memberId: Bytes;
  number: number;
  previous: Bytes;
}

/** `hour`: since 1970, by the writer's clock; `name`: the writer's. */
export interface EntryContent {
  hour: number;
  name: string;
  fields: Fields<CardName>;
}

export type Entry = EntryHead & EntryContent;

const KIND = 3;
const VERSION = 1;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HASH_LENGTH = 32;
const HEAD_LENGTH = 92;
const LABEL = "youthsafe/v1/card";
const MAC_LABEL = "youthsafe/v1/card-mac";

function headOf({ teamId, epoch, reportId, memberId, number, previous }: EntryHead): Bytes {
  return concat(utf8("YSE"), u8(VERSION), teamId, u32(epoch), reportId, memberId, u32(number), previous);
}

function readHead(reader: Reader): EntryHead {
  reader.expect(utf8("YSE"), "kind of object");
  reader.expect(u8(VERSION), "version");
  const head = {
    teamId: reader.take(ID_LENGTH),
    epoch: reader.u32(),
    reportId: reader.take(ID_LENGTH),
    memberId: reader.take(ID_LENGTH),
    number: reader.u32(),
    previous: reader.take(HASH_LENGTH),
  };
  if (head.epoch === 0 || head.number === 0) throw new FormatError("epochs and numbers start at 1");
  return head;
}

async function macOf(seed: Bytes, head: EntryHead, { hour, name, fields }: EntryContent): Promise<Bytes> {
  const said = concat(u32(hour), lp(utf8(name)), encodeFields(CARD, fields));
  return hmac(await hkdf(seed, MAC_LABEL, 32, head.reportId), concat(utf8(MAC_LABEL), u8(0), headOf(head), said));
}

const aad = (head: Bytes): Bytes => concat(utf8(LABEL), u8(0), head);

/** Throws FormatError when a rule is broken. `seed`: of the team's key of this epoch. */
export async function sealEntry(seed: Bytes, entry: Entry): Promise<Bytes> {
  check(entry);
  const { hour, name, fields, ...head } = entry;
  const mac = await macOf(seed, head, entry);
  const content = concat(u8(KIND), u32(hour), mac, lp(utf8(name)), encodeFields(CARD, fields));
  const [written, nonce] = [headOf(head), random(NONCE_LENGTH)];
  const key = await hkdf(seed, LABEL, 32, head.reportId);
  return concat(written, nonce, await gcmSeal({ key, nonce, aad: aad(written), plaintext: pad(content) }));
}

function check({ name, fields: { signs }, number }: Entry): void {
  checkedName(name);
  if (signs !== undefined && Number(signs) >= number) throw new FormatError("a signature under what is not there yet");
}

/** Throws FormatError, or SealError for what another team, another report or nobody of the team wrote. */
export async function openEntry(secret: TeamSecret, reportId: Bytes, bytes: Uint8Array): Promise<Entry> {
  const reader = new Reader(bytes);
  const head = readHead(reader);
  const nonce = reader.take(NONCE_LENGTH);
  const ciphertext = reader.take(PADDED_LENGTH + TAG_LENGTH);
  reader.end();
  if (!equal(head.reportId, reportId)) throw new SealError("of another report");
  const seed = seedOf(secret, head);
  const key = await hkdf(seed, LABEL, 32, reportId);
  const sealed = { key, nonce, aad: aad(concat(bytes.subarray(0, HEAD_LENGTH))), ciphertext };
  return readContent(seed, head, unpad(await gcmOpen(sealed)));
}

async function readContent(seed: Bytes, head: EntryHead, content: Bytes): Promise<Entry> {
  const reader = new Reader(content);
  reader.expect(u8(KIND), "kind of content");
  const [hour, mac, name] = [reader.u32(), reader.take(HASH_LENGTH), reader.text()];
  const entry = { ...head, hour, name, fields: readFields(CARD, reader) };
  check(entry);
  if (!equal(mac, await macOf(seed, head, entry))) throw new SealError("not written by the team");
  return entry;
}

function seedOf({ teamId, seeds }: TeamSecret, head: EntryHead): Bytes {
  const found = seeds.find(({ epoch }) => epoch === head.epoch);
  if (!found || !equal(teamId, head.teamId)) throw new SealError("a team or an epoch whose key is not here");
  return found.seed;
}

/** `entry`: null where it is refused; `gap`: something before it is missing; `hash` in base64url. */
export interface ReadEntry {
  hash: string;
  entry: Entry | null;
  gap: boolean;
}

/** `moved`: they came in another order; `cut`: an entry that was seen before is not here. */
export interface Card {
  entries: ReadEntry[];
  moved: boolean;
  cut: boolean;
}

/** `first`: hash of the report's envelope; `entries`: in the server's order; `seen`: hashes of entries that were read before. */
export interface GivenCard {
  secret: TeamSecret;
  reportId: Bytes;
  first: Bytes;
  entries: readonly Uint8Array[];
  seen: Iterable<string>;
}

interface Link {
  hash: string;
  previous: string | null;
  number?: number;
  entry: Entry | null;
}

/** Open every entry and put them into the order in which they name one another. */
export async function readCard({ secret, reportId, first, entries, seen }: GivenCard): Promise<Card> {
  const links = onlyOnce(await Promise.all(entries.map((bytes) => linkOf(secret, reportId, bytes))));
  const { messages, moved } = inOrder(links, b64(first));
  const here = new Set(links.flatMap(({ hash, entry }) => (entry ? [hash] : [])));
  const cut = [...seen].some((hash) => !here.has(hash));
  return { entries: withoutOldKeys(messages.map(({ message, gap }) => ({ ...message, gap }))), moved, cut };
}

async function linkOf(secret: TeamSecret, reportId: Bytes, bytes: Uint8Array): Promise<Link> {
  const hash = b64(await sha256(concat(bytes)));
  try {
    const entry = await openEntry(secret, reportId, bytes);
    return { hash, entry, previous: b64(entry.previous), number: entry.number };
  } catch (error) {
    if (error instanceof FormatError || error instanceof SealError) return { hash, entry: null, previous: null };
    throw error;
  }
}

/** What comes a second time is refused. */
const onlyOnce = (links: readonly Link[]): Link[] =>
  links.map((link, at) =>
    links.findIndex(({ hash }) => hash === link.hash) < at ? { hash: link.hash, entry: null, previous: null } : link,
  );

/** An entry under an older key than one before it is refused: somebody who was removed could have written it. */
function withoutOldKeys(entries: readonly (Link & { gap: boolean })[]): ReadEntry[] {
  let newest = 0;
  return entries.map(({ hash, gap, entry }) => {
    const isOld = entry !== null && entry.epoch < newest;
    newest = Math.max(newest, entry?.epoch ?? 0);
    return { hash, gap, entry: isOld ? null : entry };
  });
}
