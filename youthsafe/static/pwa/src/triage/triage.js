/** The staff app's entry point: wires the page's events to the desk. */
import { guardWhile } from '../lib/leaving.ts';
import { Desk } from './desk.js';
import { Idle } from '../lib/idle.ts';
import { routeOf } from './routes.js';
import { find, part } from './templates.js';

const IDLE = 15 * 60_000;
const REFRESH = 30_000;
const LOOK_AT_THE_CLOCK = 10_000;

const root = find(document, '#desk');
const tools = find(document, '#desk-tools');
const desk = new Desk(root, tools);
const idle = new Idle(IDLE, () => void desk.lock(), Date.now, (soon) => desk.warn(soon));

const refresh = () => {
  idle.check();
  if (desk.session && document.visibilityState === 'visible') void desk.view?.refresh();
};

for (const input of ['click', 'pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart']) {
  document.addEventListener(input, () => idle.touch(), { passive: true, capture: true });
}
document.addEventListener('visibilitychange', refresh);
addEventListener('focus', refresh);
setInterval(refresh, REFRESH);
setInterval(() => idle.check(), LOOK_AT_THE_CLOCK);

history.scrollRestoration = 'manual'; // a list that is come back to is put in its place by itself
addEventListener('popstate', () => desk.follow());
addEventListener('pagehide', () => void desk.lock());
guardWhile(() => desk.drafts.unsaved);

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('#desk a[href]') : null;
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  desk.go(routeOf(new URL(link.getAttribute('href') ?? '', location.href)));
});
const languages = /** @type {HTMLDetailsElement} */ (find(document, '.languages details'));
languages.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !languages.open) return;
  languages.open = false;
  find(languages, 'summary').focus();
});
languages.addEventListener('focusout', ({ relatedTarget }) => {
  if (relatedTarget && !languages.contains(/** @type {Node} */ (relatedTarget))) languages.open = false; // none: Safari focuses no link
});
document.addEventListener('pointerdown', ({ target }) => {
  if (!languages.contains(/** @type {Node} */ (target))) languages.open = false;
});
part(tools, 'lock').addEventListener('click', () => void desk.lock());
part(tools, 'sign-out').addEventListener('click', () => void desk.signOut());

void desk.start();
