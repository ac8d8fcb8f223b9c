/**
 * Asking the server for a mailbox, and taking a report back. Bodies come sealed from the worker; this only carries
 * them.
 */
import { RefusalError } from "../lib/errors.ts";
import { record, text, whole } from "../lib/parse/json.ts";
import { post } from "../outbox/delivery.ts";
import type { Sent } from "./thread.ts";

export type Report = {
  id: string;
  team: string;
  opened: boolean;
  closed: boolean;
  withdrawn: boolean;
  note: string;
  acknowledgements: string[];
  tip: string;
};
export type Page = {
  report: Report | null;
  answers: { number: number; envelope: string }[];
  sent: Sent[];
  older: number;
};
export type Mailbox = { report: Report; answers: Page["answers"]; sent: Sent[] };

const ANSWERS_ON_A_PAGE = 4;
const SENT_ON_A_PAGE = 30;
const KINDS = 2; // of acknowledgements
const MOST_PAGES = 500; // two thousand answers: no team writes so many, and a server that lies would never come to an end

async function page(address: string, body: string): Promise<Page> {
  const response = await post(address, body).catch(() => {
    throw new RefusalError("connection");
  });
  if (response.status === 429 || response.status === 503) throw new RefusalError("busy");
  if (response.status !== 200) throw new RefusalError("connection");
  return readable(
    await response.json().catch(() => {
      throw new RefusalError("connection");
    }),
  );
}

/**
 * What a server may say. A part that is of no known shape becomes one that is refused and told, and takes nothing else
 * away. Raises RefusalError when it does not say whether there is a report.
 */
export function readable(page: unknown): Page {
  if (typeof page !== "object" || page === null || !Object.hasOwn(page, "report")) throw new RefusalError("connection");
  const { report, answers, sent, older } = record(page);
  return {
    report: report === null ? null : reportOf(record(report)),
    answers: list(answers, ANSWERS_ON_A_PAGE).map((each, at) => ({
      number: whole(each.number) || -1 - at,
      envelope: text(each.envelope),
    })),
    sent: list(sent, SENT_ON_A_PAGE).map((each) => ({
      number: whole(each.number),
      hour: typeof each.hour === "number" ? each.hour : NaN,
      answers: whole(each.answers),
    })),
    older: whole(older),
  };
}

function reportOf({
  id,
  team,
  opened,
  closed,
  withdrawn,
  note,
  acknowledgements,
  tip,
}: Record<string, unknown>): Report {
  return {
    id: text(id),
    team: text(team),
    opened: opened === true,
    closed: closed === true,
    withdrawn: withdrawn === true,
    note: text(note),
    acknowledgements: array(acknowledgements, KINDS).map(text),
    tip: text(tip),
  };
}

const array = (value: unknown, most: number): unknown[] => (Array.isArray(value) ? value.slice(0, most) : [value]);
const list = (value: unknown, most: number) => array(value, most).map(record);

/**
 * Take the report back. Asking again does no harm. `body`: as for the newest page. Returns whether it is gone; if not,
 * somebody had opened it and its team is told.
 */
export async function takeBack(address: string, body: string): Promise<boolean> {
  return (await page(address, body)).report === null;
}

/**
 * Every page of a mailbox, so that the chain of its answers can be checked from the first. Returns null when nothing
 * opens with this code.
 */
export async function fetchMailbox(
  address: string,
  bodyFor: (before: number) => Promise<string>,
): Promise<Mailbox | null> {
  const newest = await page(address, await bodyFor(0));
  if (!newest.report) return null;
  const answers = [...newest.answers];
  for (let before = newest.older, pages = 1; before > 0 && pages < MOST_PAGES; pages += 1) {
    const next = await page(address, await bodyFor(before));
    answers.push(...next.answers);
    before = next.older < before ? next.older : 0; // never round and round
  }
  return { report: newest.report, answers, sent: newest.sent };
}
