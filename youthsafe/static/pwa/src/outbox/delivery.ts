/** One request with sealed bytes, and what its answer means. Nobody is told about in it: no cookie, no referrer. */
import { bodyOf } from "../lib/parse/json.ts";
import { abortAfter } from "../lib/time_limit.ts";

/** `wait` in milliseconds. */
export type Outcome = { kind: "sent" | "refused" | "conflict" | "later"; wait: number };
/** Does the work of a challenge and gives the proof for the header. */
export type Prove = (challenge: unknown) => Promise<string>;

const GIVE_UP_AFTER_MS = 30_000;
/** The longest that a report waits for its next try, whoever asks for it. */
export const LONGEST_WAIT_MS = 900_000;
const WORK_WANTED = 428;
const ASK_AGAIN = [408, 425, WORK_WANTED, 429];
const PROBLEM = "application/problem+json";
const OURS = "urn:youthsafe:problem:";

/** `proof`: of work. Raises when there is no answer in time. */
export function post(address: string, body: string, proof?: string): Promise<Response> {
  return abortAfter(GIVE_UP_AFTER_MS, async (signal) => {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(proof ? { "Youthsafe-Work": proof } : {}) },
      body,
      cache: "no-store",
      credentials: "omit",
      keepalive: true,
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal,
    });
    const content = await response.arrayBuffer();
    return new Response(content.byteLength ? content : null, { status: response.status, headers: response.headers });
  });
}

/** How long a server asked us to wait, in milliseconds: seconds or a date, at most a quarter of an hour. */
export function retryAfter(header: string | null, now: number) {
  if (!header) return 0;
  const wait = /^[0-9]+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), LONGEST_WAIT_MS) : 0;
}

/** The server's own problem; null for an answer of a filter or a proxy on the way, which does not speak like this. */
async function problemOf(response: Response) {
  if (response.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase() !== PROBLEM) return null;
  const problem = await bodyOf(response);
  return String(problem.type).startsWith(OURS) ? problem : null;
}

/**
 * Only a 201 that names what was sent means that it arrived, and only the server's own problem that it was refused or
 * is to wait: a school's network may answer anything else.
 */
export async function outcomeOf(response: Response, id: string, now: number): Promise<Outcome> {
  const { status } = response;
  if (status === 201 && (await bodyOf(response)).id === id) return { kind: "sent", wait: 0 };
  if (status < 400 || !(await problemOf(response))) return { kind: "later", wait: 0 };
  if (status >= 500 || ASK_AGAIN.includes(status))
    return { kind: "later", wait: retryAfter(response.headers.get("Retry-After"), now) };
  return { kind: status === 409 ? "conflict" : "refused", wait: 0 };
}

/** Send one sealed report; where the server wants work first, do it and send the same again. */
export async function deliver(address: string, item: { id: string; body: string }, prove: Prove): Promise<Outcome> {
  try {
    const first = await post(address, item.body);
    const wanted = first.status === WORK_WANTED && (await problemOf(first))?.challenge;
    const last = wanted ? await post(address, item.body, await prove(wanted)) : first;
    return await outcomeOf(last, item.id, Date.now());
  } catch {
    return { kind: "later", wait: 0 };
  }
}
