/**
 * The desk's addresses, made from its pages: `/staff/<locale>/` and the path of a page, in which `:id` stands for a report. None of
 * them says what a report is about.
 */
import type { ComponentChild, VNode } from "preact";
import type { Permission } from "../generated/permissions.ts";
import { type Guard, isText, orNull, shape } from "./guards.ts";

/** `query`: what follows the path; `id`: of the report that the address names, or nothing. */
export interface Route<P = unknown> {
  page: Page<P>;
  id: string;
  query: URLSearchParams;
}

/** A line of the menu. `address`: below the desk's first address. */
export interface MenuEntry {
  name: string;
  label: () => string;
  address: string;
}

/**
 * What the desk knows of a page before it is opened. `permission`: what it needs, or null for an entrance, which is shown without a session.
 * `order`: its place in the menu, after which come the pages that have none; the lowest is shown for an address that is not known.
 * `settings`: one line about it, for a page that is listed under Settings. `P`: what its view is given.
 */
export interface Page<P> {
  name: string;
  path: string;
  order?: number;
  title: () => string;
  permission: Permission | null;
  menu: readonly MenuEntry[];
  settings?: () => string;
  View: () => Promise<{ View: (props: P) => VNode | ComponentChild }>;
}

/** Pages in their order; those that have none keep the one that they came in. */
export function inOrder<P>(pages: readonly [Page<P>, ...Page<P>[]]): readonly [Page<P>, ...Page<P>[]] {
  const [first, ...others] = [...pages].sort((one, other) => (one.order ?? LAST) - (other.order ?? LAST));
  return first ? [first, ...others] : pages;
}

const LAST = Number.MAX_SAFE_INTEGER;
const ID = "([A-Za-z0-9_-]{22})";

/** The route of an address below `base`, such as `/staff/en/`; the first page for one that is not known. */
export function routeOf<P>(address: URL | Location, base: string, pages: readonly [Page<P>, ...Page<P>[]]): Route<P> {
  const rest = address.pathname.startsWith(base) ? address.pathname.slice(base.length) : "";
  const query = new URLSearchParams(address.search);
  for (const page of pages) {
    const found = new RegExp(`^${page.path.replace(":id", ID)}$`).exec(rest);
    if (found) return { page, id: found[1] ?? "", query };
  }
  return { page: pages[0], id: "", query };
}

/** Which place a route leads to: the same for every address of it. */
export const placeOf = ({ page, id, query }: Omit<Route, "page"> & { page: { name: string } }): string =>
  `${page.name} ${id} ${query}`;

const hasBack: Guard<{ back: string | null }> = shape<{ back: string | null }>({ back: orNull(isText) });

/** The list to come back to, as the history keeps it, also after a reload. */
export function backOf(state: unknown): string | null {
  return hasBack(state) ? state.back : null;
}
