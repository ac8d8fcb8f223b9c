/** Which list of reports an address shows. */
const TABS = ["open", "mine", "closed"] as const;
const HOUR = /^\d{4}-\d\d-\d\dT\d\d:00Z$/;

export type Tab = (typeof TABS)[number];

/** `hour`: such as 2026-11-23T09:00Z. */
export interface Arrival {
  hour: string;
  step: number;
}

/** Which list an address shows, such as `inbox/?show=mine` or `inbox/?hour=2026-11-23T09:00Z&step=2`. */
export function listAt(query: URLSearchParams): { tab: Tab; only: Arrival | null } {
  const [asked, hour, step] = [query.get("show"), query.get("hour") ?? "", query.get("step") ?? ""];
  const only = HOUR.test(hour) && /^[0-9]$/.test(step) ? { hour, step: Number(step) } : null;
  return { tab: TABS.find((tab) => tab === asked) ?? "open", only };
}

/** The address of a list, below the desk's first one. */
export function inboxAddress(tab: Tab, only: Arrival | null = null): string {
  const query = new URLSearchParams(tab === "open" ? {} : { show: tab });
  for (const [name, value] of Object.entries(only ?? {})) query.set(name, String(value));
  const written = String(query);
  return written ? `inbox/?${written}` : "inbox/";
}
