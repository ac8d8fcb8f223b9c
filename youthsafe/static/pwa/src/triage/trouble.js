/** What went wrong, by a name that the page has words for (`trouble-<kind>` in triage/phrases.html); never words itself. */
export class TroubleError extends Error {
  /**
   * @param {string} kind
   * @param {number} [word] which word is not in the list, from 1, for kind `words-word`
   */
  constructor(kind, word = 0) {
    super(kind);
    this.name = 'TroubleError';
    this.kind = kind;
    this.word = word;
  }
}

/**
 * The kind of anything that was thrown; what nobody foresaw is a fault of ours.
 * @param {unknown} error
 */
export function kindOf(error) {
  return error instanceof TroubleError ? error.kind : 'server';
}

/** After these nobody knows whether the server did what it was asked. */
export const UNSURE = new Set(['offline', 'server']);
