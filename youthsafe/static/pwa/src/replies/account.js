/**
 * What the reporter's own side knows of what it sent, held against what the server and the answers say of it.
 *
 * The reporter keeps no envelopes. Their number and the hash of the newest come from the note that only the code opens, and from what this page
 * has sent since it was opened, which a server cannot take back.
 *
 * @typedef {{sent: number, tip: string}} Own  how many follow-ups, and the hash of the newest envelope (the report's at first) in base64url
 * @typedef {{seen: number, other: string}} Named  what an answer names: how many follow-ups its writer had, and the hash of the newest envelope
 */

/**
 * @param {Own} note
 * @param {Own | null} known  what this page has sent itself
 * @returns {Own} the later of both
 */
export const newest = (note, known) => (known && known.sent > note.sent ? known : note);

/**
 * Whether the server has all that was sent, and nothing else.
 * @param {Own} own
 * @param {{tip: string, sent: readonly {number: number}[]}} told
 */
export const isWhole = (own, { tip, sent }) => tip === own.tip && Math.max(0, ...sent.map(({ number }) => number)) === own.sent;

/**
 * Whether the team can have had what an answer names. An older envelope than the newest is not known by its hash any more.
 * @param {Own} own
 * @param {Named} named
 */
export const fits = (own, { seen, other }) => seen < own.sent || (seen === own.sent && other === own.tip);
