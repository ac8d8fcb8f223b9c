/**
 * What the reporter's own side knows of what it sent, held against what the server and the answers say of it. The
 * reporter keeps no envelopes. Their number and the hash of the newest come from the note that only the code opens, and
 * from what this page has sent since it was opened, which a server cannot take back.
 */
/** How many follow-ups, and the hash of the newest envelope (the report's at first) in base64url. */
export type Own = { sent: number; tip: string };
/** What an answer names: how many follow-ups its writer had, and the hash of the newest envelope. */
export type Named = { seen: number; other: string };

/** `known`: what this page has sent itself. Returns the later of both. */
export const newest = (note: Own, known: Own | null): Own => (known && known.sent > note.sent ? known : note);

/** Whether the server has all that was sent, and nothing else. */
export const isWhole = (own: Own, { tip, sent }: { tip: string; sent: readonly { number: number }[] }) =>
  tip === own.tip && Math.max(0, ...sent.map(({ number }) => number)) === own.sent;

/**
 * Whether the team can have had what an answer names. An older envelope than the newest is not known by its hash any
 * more.
 */
export const fits = (own: Own, { seen, other }: Named) => seen < own.sent || (seen === own.sent && other === own.tip);
