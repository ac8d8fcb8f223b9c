/** Something that was refused or did not come about, by a kind that the page has words for; never words itself. `K`: those kinds. */
export class RefusalError<K extends string = string> extends Error {
  readonly kind: K;
  readonly word: number | undefined;

  /** `word`: which word of a code or passphrase, from 1. */
  constructor(kind: K, word?: number) {
    super(kind);
    this.name = "RefusalError";
    this.kind = kind;
    this.word = word;
  }
}

/** The kind of anything that was thrown, or another where it has none. */
export function kindOf<K extends string>(error: unknown, otherwise: K): K {
  const { kind = otherwise } = Object(error);
  return kind;
}
