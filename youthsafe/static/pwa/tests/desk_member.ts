/** A member at a desk, for the unit tests of its views: a key worker and a server that answer as the test says. */
import "./dom.ts";
import { PAGES } from "../src/desk/pages/registry.ts";
import { Desk } from "../src/desk/session/desk.ts";
import { summaryOf } from "./desk_summary.ts";

export { summaryOf };

export const TEAM = "team";
const WORKDAY = { opens: 540, closes: 1020 };
const WEEKLY = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];

globalThis.BroadcastChannel = class {
  addEventListener() {}
  postMessage() {}
};
document.documentElement.lang = "en";

export const sessionOf = (role = "caseworker") => ({
  member: { id: "me", name: "Ada", role },
  teams: { [TEAM]: { name: "Early help", weekly: WEEKLY, staffed: true } },
  closedDays: new Set(),
  notAfter: Date.now() + 20 * 86_400_000,
  head: { number: 3, groups: "0123 4567 89ab cdef 0123 4567 89ab cdef" },
  rootChanged: null,
  alarms: [],
  passkey: false,
});

export const messageOf = (id, changes = {}) => ({
  id,
  number: 1,
  direction: 1,
  received: "2026-11-23T09:10Z",
  verdict: "checked",
  gap: false,
  written: null,
  lost: false,
  unseen: 0,
  text: "more",
  locale: "en",
  ...changes,
});

/** What a report page shows. */
export const openedOf = (id, { summary = {}, ...changes } = {}) => ({
  summary: summaryOf(id, { state: "open", opened: true, ...summary }),
  written: 495_000,
  locale: "en",
  wantsReply: true,
  answerable: true,
  answers: [{ field: 1, codes: ["no"], text: "no" }],
  thread: [],
  alarms: [],
  drill: false,
  ...changes,
});

/** A card as the key worker opens it. */
export const cardOf = (...entries) => ({
  number: "Kestrel 214K",
  entries,
  state: entries.at(-1)?.state ?? {},
  count: entries.length,
  seen: entries.length,
  alarms: [],
});

export const entryOf = (number, changes = {}) => ({
  hash: `hash ${number}`,
  broken: false,
  gap: false,
  number,
  received: "2026-11-23T09:00Z",
  written: null,
  name: "Asha",
  mine: false,
  by: "asha",
  note: "",
  signs: 0,
  to: "",
  linked: [],
  state: {},
  changed: {},
  ...changes,
});

/**
 * A desk that is open. `below`: the address below its first one; `answers`: what the server says by method and path, a status or a body;
 * `report`, `card`, `cardLines`: what the key worker gives when it opens them.
 */
export async function atDesk({
  below = "inbox/",
  role = "caseworker",
  answers = {},
  report = async () => null,
  card = async () => cardOf(),
  writeOnCard = async () => null,
  cardLines = async () => [],
} = {}) {
  const asked = [];
  globalThis.fetch = async (address, init = {}) => {
    const path = String(address).replace("/api/v1/staff", "");
    const method = init.method ?? "GET";
    asked.push({ method, path, body: init.body ? JSON.parse(init.body) : null });
    const found = answers[`${method} ${path.split("?")[0]}`];
    const answer = typeof found === "function" ? await found() : (found ?? 404);
    if (typeof answer === "number") return new Response(null, { status: answer });
    return new Response(JSON.stringify(answer), { status: 200, headers: { ETag: JSON.stringify(answer).length } });
  };
  const keyWorker = {
    report,
    card,
    writeOnCard,
    cardLines,
    drafts: async () => [],
    keepDraft: async () => null,
    dropDraft: async () => null,
    seal: async () => null,
    deliver: async () => null,
    wipe: () => {},
  };
  history.replaceState(null, "", `/staff/en/${below}`);
  const languages = [
    { code: "en", name: "English" },
    { code: "ar", name: "العربية" },
  ];
  const desk = new Desk({ base: "/staff/en/", keyWorker, languages, pages: PAGES });
  await desk.open(sessionOf(role));
  return { desk, keyWorker, asked, visit: desk.visit.value };
}

/** What stands under a name, or nothing. */
export const part = (name) => document.querySelector(`[data-part="${name}"]`);
export const isShown = (element) => element !== null && element.closest("[hidden]") === null;
