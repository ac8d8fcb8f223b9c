/** In the key worker: six new words, which count once somebody has typed three of them back. */
import { type Bytes, b64 } from "../../../crypto/bytes.ts";
import { sealWrap, type Wrapped } from "../../../crypto/keyring.ts";
import { random } from "../../../crypto/primitives.ts";
import { makePassphrase, passphraseToWords } from "../../../crypto/receipt.ts";
import { TroubleError } from "../../trouble.ts";
import { listOfWords } from "./passphrase.ts";
import { stretcher } from "./stretching.ts";

/** `places`: of the words that are asked for, from 1. */
export interface ShownWords {
  words: readonly string[];
  places: readonly number[];
}

/** What the server gets of new words; all in Base64. */
export interface WordsBody {
  proof: string;
  salt: string;
  wrap: string;
}

const STRENGTH = { memory: 65_536, passes: 3 };
const ASKED = 3;

const normal = (word: string): string => word.normalize("NFKC").trim().toLowerCase();

/** Three of the places 1 to 6, in their order. */
function drawnPlaces(count: number): number[] {
  const places = Array.from({ length: count }, (_each, at) => at + 1);
  const drawn = [...random(count)].map((byte, at) => ({ byte, place: places[at] ?? 0 }));
  drawn.sort((one, other) => one.byte - other.byte);
  return drawn
    .slice(0, ASKED)
    .map(({ place }) => place)
    .sort((one, other) => one - other);
}

export class FreshWords {
  readonly #secret: Bytes = makePassphrase();
  readonly shown: ShownWords;
  #known = false;

  /** `list`: what they are drawn from. */
  constructor(list: readonly string[]) {
    const words = passphraseToWords(this.#secret, list);
    this.shown = { words, places: drawnPlaces(words.length) };
  }

  /** Whether these are the words that were asked for; throws TroubleError `words-again`, and names the first that is not. */
  check(typed: readonly string[]): void {
    const { words, places } = this.shown;
    const wrong = places.find((place, at) => normal(typed[at] ?? "") !== words[place - 1]);
    if (wrong !== undefined) throw new TroubleError("words-again", wrong);
    this.#known = true;
  }

  /** Wrap a member's seed under them; throws TroubleError before they were typed back. */
  async wrap(memberId: Bytes, own: Wrapped): Promise<WordsBody> {
    if (!this.#known) throw new TroubleError("words-again", this.shown.places[0]);
    const head = { salt: random(16), ...STRENGTH };
    const { proof, wrapKey } = await stretcher(this.#secret)(head);
    const wrap = await sealWrap({ ...head, memberId, wrapKey, ...own });
    return { proof: b64(proof), salt: b64(head.salt), wrap: b64(wrap) };
  }
}

/** Others each time. */
export const drawWords = async (): Promise<FreshWords> => new FreshWords(await listOfWords());
