/**
 * The staff app's addresses: `/staff/<locale>/`, `…/inbox/?show=mine`, `…/reports/<id>/`. None of them says what a report is about.
 * An inbox may show only what came in one hour and cost one step of work: `…/inbox/?hour=2026-11-23T09:00Z&step=2`.
 *
 * @typedef {'open' | 'mine' | 'closed'} Tab
 * @typedef {{hour: string, step: number}} Arrival
 * @typedef {{view: 'inbox', tab: Tab, only?: Arrival | null} | {view: 'junk'} | {view: 'report', id: string}} Route
 */

const TABS = /** @type {const} */ (['open', 'mine', 'closed']);
const JUNK = 'junk';
const HOUR = /^\d{4}-\d\d-\d\dT\d\d:00Z$/;
const REPORT = /\/reports\/([A-Za-z0-9_-]{22})\/$/;

/**
 * @param {URL | Location} address
 * @returns {Route}
 */
export function routeOf(address) {
  const report = REPORT.exec(address.pathname);
  if (report) return { view: 'report', id: report[1] };
  const query = new URLSearchParams(address.search);
  const asked = query.get('show');
  if (asked === JUNK) return { view: JUNK };
  const [hour, step] = [query.get('hour') ?? '', query.get('step') ?? ''];
  const only = HOUR.test(hour) && /^[0-9]$/.test(step) ? { hour, step: Number(step) } : null;
  return { view: 'inbox', tab: TABS.find((tab) => tab === asked) ?? 'open', only };
}

/**
 * @param {string} base the shell's first address, such as `/staff/en/`
 * @param {Route} route
 */
export function addressOf(base, route) {
  if (route.view === 'report') return `${base}reports/${route.id}/`;
  if (route.view === JUNK) return `${base}inbox/?show=${JUNK}`;
  const query = new URLSearchParams(route.tab === 'open' ? {} : { show: route.tab });
  for (const [name, value] of Object.entries(route.only ?? {})) query.set(name, String(value));
  return `${base}inbox/${`${query}` && `?${query}`}`;
}
