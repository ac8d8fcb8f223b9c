/** Nothing is waited for without end. */

/** Do something that a signal can end, and end it after so long. */
export async function abortAfter<T>(milliseconds: number, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), milliseconds);
  try {
    return await action(ending.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What a promise gives; rejects when that takes longer. */
export function rejectAfter<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(reject, milliseconds);
  });
  return Promise.race([promise, late]);
}
