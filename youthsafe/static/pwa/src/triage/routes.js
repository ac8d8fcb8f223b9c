/**
 * The staff app's addresses: `/staff/<locale>/`, `…/inbox/?show=mine`, `…/reports/<id>/`. None of them says what a report is about.
 *
 * @typedef {'open' | 'mine' | 'closed'} Tab
 * @typedef {{view: 'inbox', tab: Tab} | {view: 'report', id: string}} Route
 */

const TABS = /** @type {const} */ (['open', 'mine', 'closed']);
const REPORT = /\/reports\/([A-Za-z0-9_-]{22})\/$/;

/**
 * @param {URL | Location} address
 * @returns {Route}
 */
export function routeOf(address) {
  const report = REPORT.exec(address.pathname);
  if (report) return { view: 'report', id: report[1] };
  const asked = new URLSearchParams(address.search).get('show');
  return { view: 'inbox', tab: TABS.find((tab) => tab === asked) ?? 'open' };
}

/**
 * @param {string} base the shell's first address, such as `/staff/en/`
 * @param {Route} route
 */
export function addressOf(base, route) {
  if (route.view === 'report') return `${base}reports/${route.id}/`;
  return route.tab === 'open' ? `${base}inbox/` : `${base}inbox/?show=${route.tab}`;
}
