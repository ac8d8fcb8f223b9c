/** JSON that came in, whatever came: each gives a value of its kind, and an empty one where there was another. */

export const record = (value: unknown): Record<string, unknown> => Object(value);
export const text = (value: unknown) => (typeof value === "string" ? value : "");
/** A count: a whole number above zero, or zero. */
export const whole = (value: unknown) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);

/** The body of an answer; nothing is in it where it is no JSON. */
export const bodyOf = async (response: Response) => record(await response.json().catch(() => null));

/** What is written as JSON; null where it is none. */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}
