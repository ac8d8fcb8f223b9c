/** The staff addresses: JSON both ways, the session's cookie and nothing else. Throws TroubleError and no other. */
import type { Guard } from "../guards.ts";
import { TroubleError, type TroubleKind } from "../trouble.ts";

const ROOT = "/api/v1/staff";
const KINDS = new Map<number, TroubleKind>([
  [400, "invalid"],
  [401, "signed-out"],
  [403, "forbidden"],
  [404, "missing"],
  [409, "conflict"],
  [429, "busy"],
]);

/** Whose page this is, once that is known. Tabs share one cookie, so another member may have signed in meanwhile. */
let member = "";

export const askingMember = (): string => member;

/** From now on everything is asked for this member; empty for nobody. */
export function askFor(id: string): void {
  member = id;
}

async function ask(path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  const named = member ? { ...headers, "YouthSafe-Member": member } : headers;
  const fixed: RequestInit = { credentials: "same-origin", cache: "no-store", redirect: "error" };
  const response = await fetch(ROOT + path, { ...init, ...fixed, headers: named }).catch(() => {
    throw new TroubleError("offline");
  });
  if (!response.ok && response.status !== 304) throw new TroubleError(KINDS.get(response.status) ?? "server");
  return response;
}

/** An answer that is no JSON came from something before the server. */
async function read(response: Response): Promise<unknown> {
  return response.status === 204
    ? null
    : response.json().catch(() => {
        throw new TroubleError("offline");
      });
}

function checked<T>(body: unknown, is: Guard<T>): T {
  if (!is(body)) throw new TroubleError("server");
  return body;
}

export async function get<T>(path: string, is: Guard<T>): Promise<T> {
  return checked(await read(await ask(path, {}, { Accept: "application/json" })), is);
}

export interface Tagged<T> {
  tag: string;
  body: T;
}

/** The same, unless it is as it was when it had this tag: then null. An empty tag asks for it in any case. */
export async function getChanged<T>(path: string, tag: string, is: Guard<T>): Promise<Tagged<T> | null> {
  const known: Record<string, string> = tag ? { "If-None-Match": tag } : {};
  const response = await ask(path, {}, { Accept: "application/json", ...known });
  if (response.status === 304) return null;
  return { tag: response.headers.get("ETag") ?? "", body: checked(await read(response), is) };
}

/** What the server answers is given as it came. */
export const post = (path: string, body: object = {}): Promise<unknown> => send("POST", path, body);

/** The same for what takes the place of what was there. */
export const put = (path: string, body: object): Promise<unknown> => send("PUT", path, body);

async function send(method: string, path: string, body: object): Promise<unknown> {
  return read(await ask(path, { method, body: JSON.stringify(body) }, { "Content-Type": "application/json" }));
}

export async function postFor<T>(path: string, is: Guard<T>, body: object = {}): Promise<T> {
  return checked(await post(path, body), is);
}
