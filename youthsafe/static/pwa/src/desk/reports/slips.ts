/**
 * Outcome slips (docs/envelope.md 6.8). What each will say waits in its writer's browser until the week is over, sealed to the writer. Then it is
 * sealed to the team and goes with the others of that week: what came at the moment of closing would say whose it is.
 */
import { b64, unb64 } from "../../crypto/bytes.ts";
import type { Fields, SlipName } from "../../crypto/card_fields.ts";
import type { DraftKeys } from "../../crypto/draft.ts";
import { random } from "../../crypto/primitives.ts";
import { sealSlip } from "../../crypto/slip.ts";
import { parseJson } from "../../lib/parse/json.ts";
import { isNumber, isText, recordOf, shape } from "../guards.ts";
import type { Keys } from "../session/key_ring.ts";
import type { CardTies } from "./card_opening.ts";
import type { OpenedCard } from "./card_state.ts";
import { draftsOnShelf, isSlipDraft, putOnShelf, type ShelfPlaces, slipDraft, takeFromShelf } from "./drafts_shelf.ts";

/** `week`: in which it was made, since 1970; `team`, `id`: of the team and the slip, in Base64. */
interface Waiting {
  week: number;
  team: string;
  id: string;
  fields: Fields<SlipName>;
}

/** `place`: on the shelf. */
interface Placed extends Waiting {
  place: string;
}

/** Sends slips to the server. */
type Post = (path: string, body: { slips: string[] }) => Promise<unknown>;

const MS_PER_DAY = 86_400_000;
const FIRST_MONDAY = 4; // 1970-01-05
const AT_ONCE = 40; // as many as the server takes
const HERE: ShelfPlaces = new Map();

const isWaiting = shape<{ week: number; team: string; id: string; fields: Record<string, string> }>({
  week: isNumber,
  team: isText,
  id: isText,
  fields: recordOf(isText),
});

const weekOf = (now: number): number => Math.floor((now / MS_PER_DAY - FIRST_MONDAY) / 7);

/**
 * Keep the slip of a report whose card has an outcome; false where this browser keeps nothing. One that waits is made anew. Where none waits and the
 * outcome is not the card's first, the report is counted already.
 */
export async function keepSlip(ties: CardTies, card: OpenedCard, now: number): Promise<boolean> {
  if (!card.state.outcome) return true;
  try {
    await keep(ties, card, now);
    return true;
  } catch {
    return false; // which the page says
  }
}

async function keep({ id, received, teamId, drafts }: CardTies, card: OpenedCard, now: number): Promise<void> {
  const waits = (await waitingSlips(drafts, now)).some(({ place }) => place === slipDraft(id));
  if (hadOutcome(card) && !waits) return;
  const { level, categories, outcome } = card.state;
  const facts = { ...(level && { level }), ...(categories && { categories }), ...(outcome && { outcome }) };
  const fields = { ...facts, month: received.slice(0, 7) };
  const slip: Waiting = { week: weekOf(now), team: b64(teamId), id: b64(random(16)), fields };
  await putOnShelf(drafts, slipDraft(id), { text: JSON.stringify(slip), locale: "", attempts: [] }, now, HERE);
}

const hadOutcome = ({ entries }: OpenedCard): boolean =>
  entries.slice(0, -1).some(({ state }) => state.outcome !== undefined);

/** Send the slips of weeks that are over, in no order. What does not arrive goes with the next look at a card. `keysNow`: got anew. */
export async function postDueSlips(
  drafts: DraftKeys,
  keysNow: () => Promise<Pick<Keys, "secrets">>,
  post: Post,
  now: number,
): Promise<void> {
  const due = (await waitingSlips(drafts, now)).filter(({ week }) => week < weekOf(now));
  if (due.length === 0) return;
  const sealed = await sealedSlips(due, await keysNow());
  for (let at = 0; at < sealed.length; at += AT_ONCE) {
    const together = sealed.slice(at, at + AT_ONCE);
    await post("/slips", { slips: together.map(({ slip }) => slip) });
    for (const { place } of together) await takeFromShelf(place, HERE);
  }
}

/** Of a team that the member has left nothing can be sealed any more. */
async function sealedSlips(
  due: readonly Placed[],
  { secrets }: Pick<Keys, "secrets">,
): Promise<{ place: string; slip: string }[]> {
  const all = await Promise.all(
    due.map(async ({ place, team, id, fields }) => {
      const secret = secrets[team];
      return secret ? [{ place, slip: b64(await sealSlip(secret, fields, unb64(id, 16))) }] : [];
    }),
  );
  return all.flat().sort((one, other) => (one.slip < other.slip ? -1 : 1)); // what differs first is random
}

async function waitingSlips(drafts: DraftKeys, now: number): Promise<Placed[]> {
  const kept = (await draftsOnShelf(drafts, now, HERE)).filter(({ report }) => isSlipDraft(report));
  return kept.flatMap(({ report: place, text }) => {
    const found = parseJson(text.split("\n\n").at(-1) ?? ""); // two tabs may have kept one each
    return isWaiting(found) ? [{ place, ...found }] : [];
  });
}
