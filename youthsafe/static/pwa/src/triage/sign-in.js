/**
 * Signing in with both factors, and unlocking with the words alone. What is typed goes to the worker and nowhere else.
 *
 * @import { Desk, View } from './desk.js'
 * @import { Session } from './ring.js'
 */
import { clone, find, part, phrase, show } from './templates.js';
import { kindOf, TroubleError } from './trouble.js';

const FIELD_OF = /** @type {Record<string, string>} */ ({
  name: 'name', code: 'code', words: 'words', 'words-count': 'words', 'words-word': 'words',
});

/** @implements {View} */
class Entrance {
  #busy = false;

  /**
   * @param {Desk} desk
   * @param {'sign-in' | 'unlock'} title also the template's name
   * @param {unknown} trouble
   */
  constructor(desk, title, trouble) {
    this.desk = desk;
    this.title = title;
    this.element = clone(`view-${title}`);
    this.words = /** @type {HTMLInputElement} */ (find(this.element, '#words'));
    part(this.element, 'kept').hidden = !desk.drafts.kept || desk.drafts.unsaved;
    part(this.element, 'kept-here').hidden = !desk.drafts.unsaved;
    part(this.element, 'form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#cover(true);
    part(this.element, 'show').addEventListener('change', ({ target }) => this.#cover(!(/** @type {HTMLInputElement} */ (target).checked)));
    if (trouble) this.#tell(trouble);
  }

  /** @param {boolean} covered  also in a browser that can only cover passwords */
  #cover(covered) {
    this.words.classList.toggle('covered', covered);
    if (!CSS.supports('-webkit-text-security', 'disc')) this.words.type = covered ? 'password' : 'text';
  }

  async refresh() {}

  /**
   * What can be told without asking the server, one a field, in the order of the fields.
   * @returns {TroubleError[]}
   */
  missing() {
    return this.words.value.trim() ? [] : [new TroubleError('words-count')];
  }

  /** @returns {Promise<Session>} */
  attempt() {
    return Promise.reject(new TroubleError('browser'));
  }

  async #submit() {
    if (this.#busy) return;
    this.#clear();
    const missing = this.missing();
    for (const trouble of missing.reverse()) this.#tell(trouble); // the first field has the focus at last
    if (missing.length > 0) return;
    this.#busy = true;
    show(part(this.element, 'progress'), phrase('working'));
    part(this.element, 'go').setAttribute('aria-disabled', 'true');
    try {
      const session = await this.attempt();
      for (const input of this.element.querySelectorAll('input')) input.value = '';
      await this.desk.open(session);
    } catch (error) {
      this.#tell(error);
    }
    show(part(this.element, 'progress'), null);
    part(this.element, 'go').removeAttribute('aria-disabled');
    this.#busy = false;
  }

  #clear() {
    show(part(this.element, 'trouble'), null);
    for (const name of new Set(Object.values(FIELD_OF))) {
      const input = this.element.querySelector(`#${name}`);
      const error = /** @type {HTMLElement | null} */ (this.element.querySelector(`#${name}-error`));
      if (error) show(error, null);
      input?.removeAttribute('aria-invalid');
    }
  }

  /** @param {unknown} error */
  #tell(error) {
    const kind = kindOf(error);
    if (kind === 'locked') return; // left by signing out meanwhile
    if (kind === 'signed-out' && this.title === 'unlock') return this.desk.expire();
    const name = FIELD_OF[kind];
    const slots = /** @type {Record<string, string>} */ (error instanceof TroubleError && error.word ? { number: String(error.word) } : {});
    const words = phrase(`trouble-${kind}`, slots);
    if (!name) return show(part(this.element, 'trouble'), words);
    show(find(this.element, `#${name}-error`), words);
    const input = find(this.element, `#${name}`);
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  }
}

export class SignIn extends Entrance {
  /**
   * @param {Desk} desk
   * @param {unknown} trouble why the page could not go on before, or null
   */
  constructor(desk, trouble) {
    super(desk, 'sign-in', trouble);
  }

  missing() {
    const { name, code } = this.#typed();
    return [
      ...(name ? [] : [new TroubleError('name')]),
      ...super.missing(),
      ...(/^[0-9]{6}$/.test(code) ? [] : [new TroubleError('code')]),
    ];
  }

  attempt() {
    return this.desk.keeper.signIn({ ...this.#typed(), words: this.words.value });
  }

  #typed() {
    const [name, code] = ['name', 'code'].map((id) => /** @type {HTMLInputElement} */ (find(this.element, `#${id}`)).value);
    return { name: name.trim(), code: code.replace(/\s/g, '') };
  }
}

export class Unlock extends Entrance {
  /**
   * @param {Desk} desk
   * @param {string} name of the member
   */
  constructor(desk, name) {
    super(desk, 'unlock', null);
    show(part(this.element, 'who'), phrase('locked-as', { name }));
    part(this.element, 'leave').addEventListener('click', () => void desk.signOut());
  }

  attempt() {
    return this.desk.keeper.unlock({ words: this.words.value });
  }
}
