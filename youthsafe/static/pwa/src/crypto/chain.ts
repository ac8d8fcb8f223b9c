/**
 * The order of messages: each has a number and names the hash of the one before it in its direction, so that no server
 * can set another order.
 */
/** Hashes in base64url; `previous` is null when it did not open. */
export type Link = { previous: string | null; hash: string; number?: number };

/**
 * Put messages of one direction in the order in which they name one another, whatever order they came in. One that did
 * not open stays behind the one it came after. None is left out. A `gap` stands where a message before this one is
 * missing. `came`: in the order of the server. `first`: what the first message names. `moved`: they came in
 * another order.
 */
export function inOrder<T extends Link>(
  came: readonly T[],
  first: string,
): { messages: { message: T; gap: boolean }[]; moved: boolean } {
  const followers = followersOf(came, first);
  const present = new Set(came.map(({ hash }) => hash));
  const beginnings = [
    ...(followers.get(first) ?? []),
    ...came.filter(({ previous }) => previous !== null && !present.has(previous)),
    ...came,
  ];
  const waiting = beginnings.reverse();
  const placed: Set<T> = new Set();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (placed.has(next)) continue;
    placed.add(next);
    waiting.push(...[...(followers.get(next.hash) ?? [])].reverse());
  }
  const messages = [...placed];
  return { messages: withGaps(messages, first), moved: messages.some((message, at) => message !== came[at]) };
}

function followersOf<T extends Link>(came: readonly T[], first: string) {
  const followers: Map<string, T[]> = new Map();
  came.forEach((message, at) => {
    const before = message.previous ?? came[at - 1]?.hash ?? first;
    followers.set(before, [...(followers.get(before) ?? []), message]);
  });
  return followers;
}

/** The next message may name one that did not open, or pass over it. */
function withGaps<T extends Link>(messages: readonly T[], first: string) {
  let ends = [first];
  let last = 0;
  return messages.map((message) => {
    const { previous, hash, number = last + 1 } = message;
    if (previous === null) {
      ends = [...ends, hash];
      return { message, gap: false };
    }
    const gap = !ends.includes(previous) || number <= last || number > last + ends.length;
    ends = [hash];
    last = number;
    return { message, gap };
  });
}
