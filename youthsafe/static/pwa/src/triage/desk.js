/**
 * The app as a whole: signed out, locked or open. It owns the keeper's worker, what was typed, and the view that is shown.
 *
 * @import { Place } from './inbox.js'
 * @import { Session } from './ring.js'
 * @import { Route } from './routes.js'
 * @typedef {{element: HTMLElement, title: string, refresh: () => Promise<void>, resume?: () => boolean}} View  `resume`: takes the focus itself
 */
import { askFor, get, look, post, whose } from './api.js';
import { Drafts } from './drafts.js';
import { Inbox } from './inbox.js';
import { Junk } from './junk.js';
import { Outgoing } from './outgoing.js';
import { Port } from './port.js';
import { Questions } from './questions.js';
import { OneReport } from './report.js';
import { addressOf, routeOf } from './routes.js';
import { SignIn, Unlock } from './sign-in.js';
import { clone, find, part, phrase, show } from './templates.js';
import { date } from './times.js';
import { kindOf, TroubleError } from './trouble.js';

const EXPIRY_NOTICE = 7 * 86_400_000;

export class Desk {
  /** @type {Session | null} */
  session = null;

  questions = new Questions();

  /** @type {View | null} */
  view = null;

  /** The list that somebody left for a report, as it stood. @type {Inbox | null} */
  list = null;

  /** Where somebody was in a list when the page was locked: no content. @type {Place | null} */
  place = null;

  /** Reports that were opened here and want no reply: only what is sealed in them says so. @type {Set<string>} */
  noReply = new Set();

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} tools the bar's name and buttons
   */
  constructor(root, tools) {
    this.root = root;
    this.tools = tools;
    this.moment = part(root, 'wait');
    this.keeper = new Port(root.dataset.keeper);
    this.drafts = new Drafts(this.keeper);
    this.outgoing = new Outgoing(this.keeper, this.drafts);
    this.tabs = new BroadcastChannel('youthsafe-desk');
    this.tabs.addEventListener('message', ({ data }) => this.#elsewhere(data));
  }

  /** Ask whether the session's cookie still lives: then the words are enough, else both factors are needed. */
  async start() {
    try {
      const { id, name } = await this.keeper.look();
      askFor(id);
      this.#show(new Unlock(this, name));
    } catch (error) {
      this.#show(new SignIn(this, kindOf(error) === 'signed-out' ? null : error));
    }
  }

  /**
   * The keys are open: go where the address points.
   * @param {Session} session
   */
  async open(session) {
    this.session = session;
    askFor(session.member.id);
    this.tabs.postMessage({ member: session.member.id });
    this.drafts.belongTo(session.member.id);
    const kept = await this.keeper.drafts().catch(() => []); // a browser that keeps nothing for us
    if (this.session !== session) return;
    this.drafts.take(kept);
    show(part(this.tools, 'member'), phrase('member', { name: session.member.name }));
    this.tools.hidden = false;
    this.#notices(session);
    this.follow();
  }

  /**
   * Go to a view of the app and add it to the history.
   * @param {Route} route
   */
  go(route) {
    const back = this.list?.address ?? null; // the list to come back to, also after a reload
    history.pushState({ back }, '', this.address(route));
    this.follow();
  }

  /** Show what the address says, when somebody may see it. */
  follow() {
    this.#languages();
    if (!this.session) return;
    const route = routeOf(location);
    if (route.view === 'report') {
      if (this.view === this.list) this.list?.leave(route.id);
      return this.#show(new OneReport(this, route.id));
    }
    const kept = this.view instanceof OneReport && this.list?.address === this.address(route) ? this.list : null;
    this.list = route.view === 'junk' ? null : kept ?? this.#listAt(route);
    this.#show(this.list ?? new Junk(this));
  }

  /**
   * A list, at the place where it was when the page was locked.
   * @param {Extract<Route, {view: 'inbox'}>} route
   */
  #listAt(route) {
    const place = this.place?.address === this.address(route) ? this.place : null;
    this.place = null;
    return new Inbox(this, route.tab, route.only, place);
  }

  /** The address of the list from which the report on the screen was opened. */
  get back() {
    return history.state?.back ?? this.address({ view: 'inbox', tab: 'open' });
  }

  /**
   * Ask in a dialog; a page that was locked meanwhile has not said yes.
   * @param {HTMLElement} dialog
   */
  async ask(dialog) {
    const { session } = this;
    return (await this.questions.ask(dialog)) && this.session === session;
  }

  /**
   * What a view asks of the server; only for the session that asked.
   * @param {string} path
   */
  get(path) {
    return this.#during(() => get(path));
  }

  /**
   * The same for what may be as it was: null then.
   * @param {string} path
   * @param {string} tag
   */
  look(path, tag) {
    return this.#during(() => look(path, tag));
  }

  /**
   * What somebody does; only while the session is open, and the answer is only for the session that asked.
   * @param {string} path
   * @param {object} [body]
   */
  post(path, body) {
    return this.#during(() => post(path, body));
  }

  /** Wipe the keys and everything opened. What was typed is on the shelf, sealed. */
  async lock() {
    if (!this.session) return;
    const { name } = this.session.member;
    this.#close();
    this.#show(new Unlock(this, name));
  }

  /** The session has ended on the server. */
  expire() {
    this.#close();
    askFor('');
    this.#show(new SignIn(this, null));
  }

  /**
   * Another tab has the same cookie: what was signed out or exchanged there is over here too, and now.
   * @param {{member: string | null}} said  who signed in there; null: somebody signed out
   */
  #elsewhere({ member }) {
    if (whose() && whose() !== member) this.expire();
  }

  async signOut() {
    await this.drafts.saved();
    if (this.drafts.unsaved && !(await this.ask(clone('confirm-sign-out')))) return;
    this.drafts.wipe();
    this.#close();
    this.place = null;
    this.#blank();
    this.tabs.postMessage({ member: null });
    const trouble = await post('/sign-out').catch((error) => error);
    askFor('');
    history.replaceState(null, '', this.root.dataset.base);
    this.#show(new SignIn(this, trouble && kindOf(trouble) !== 'signed-out' ? new TroubleError('sign-out') : null));
  }

  /**
   * Say what went wrong in this element; the end of a session is handled here.
   * @param {unknown} error
   * @param {HTMLElement} element
   */
  tell(error, element) {
    const kind = kindOf(error);
    if (kind === 'signed-out') return this.expire();
    if (kind === 'locked' || (!element.hidden && element.dataset.kind === kind)) return;
    element.dataset.kind = kind;
    show(element, phrase(`trouble-${kind}`));
  }

  /**
   * Say something to a screen reader without moving anything; a locked page says nothing of a report.
   * @param {HTMLElement} words
   */
  say(words) {
    if (this.session) part(this.root, 'status').replaceChildren(words);
  }

  /**
   * A quiet line before the page locks by itself.
   * @param {boolean} soon
   */
  warn(soon) {
    const line = part(this.root, 'locks-soon');
    line.replaceChildren();
    if (!soon || !this.session) return;
    const words = document.createElement('p');
    words.className = 'toast';
    words.append(phrase('locks-soon'));
    line.append(words);
  }

  /** @param {Route} route */
  address(route) {
    return addressOf(this.root.dataset.base ?? '/', route);
  }

  /**
   * @param {() => Promise<any>} request
   * @returns {Promise<any>} throws TroubleError `locked` when there is no session, or another one by the time of the answer
   */
  async #during(request) {
    const { session } = this;
    const still = () => {
      if (!session || this.session !== session) throw new TroubleError('locked');
    };
    still();
    try {
      return await request();
    } finally {
      still();
    }
  }

  #close() {
    if (this.session) this.place = this.list?.place ?? this.place;
    this.session = null;
    this.list = null;
    this.noReply.clear();
    this.questions.end();
    this.keeper.wipe();
    this.drafts.forget();
    this.tools.hidden = true;
    part(this.tools, 'member').replaceChildren();
    part(this.root, 'notices').replaceChildren();
    part(this.root, 'status').replaceChildren();
    this.warn(false);
  }

  /** Nothing of a report stays on the screen while the server is told. */
  #blank() {
    this.moment.hidden = false;
    part(this.root, 'view').replaceChildren(this.moment);
  }

  /** @param {View} view */
  #show(view) {
    const first = this.view === null;
    this.questions.end(); // they were about what stood here
    this.view = view;
    part(this.root, 'view').replaceChildren(view.element);
    document.title = this.root.getAttribute(`data-title-${view.title}`) ?? '';
    if (!first && !view.resume?.()) find(view.element, 'h1').focus();
    void view.refresh();
  }

  /** @param {Session} session */
  #notices({ alarms, notAfter }) {
    const found = alarms.map((kind) => phrase(`alarm-${kind}`));
    if (notAfter - Date.now() < EXPIRY_NOTICE) found.push(phrase('alarm-expiry', { date: date(notAfter) }));
    part(this.root, 'notices').replaceChildren(...found.map((words) => {
      const notice = clone('alarm');
      notice.append(words);
      return notice;
    }));
  }

  /** The language links follow the address, so that another language opens the same view. */
  #languages() {
    for (const link of document.querySelectorAll('.languages a[hreflang]')) {
      const base = this.root.dataset.base?.replace(/[^/]+\/$/, `${link.getAttribute('hreflang')}/`) ?? '/';
      link.setAttribute('href', addressOf(base, routeOf(location)));
    }
  }
}
