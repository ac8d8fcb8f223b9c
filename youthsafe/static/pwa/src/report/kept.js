/**
 * A locked copy of what is being written, for this tab and half an hour. It lies in the tab's session storage, which browsers write
 * to disk; its key is the tab's name, which they do not: it stays with the tab from page to page of this site, and with nobody else.
 * Leave now on any page throws both away (`app.js`).
 */

/** How long it is kept after the last change or tap. */
export const KEPT_FOR_MS = 1_800_000;
const NAME = 'key ';
const IV_LENGTH = 12;

/** @param {Uint8Array} bytes */
const written = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

/**
 * The key in the tab's name, or a new one.
 * @param {boolean} make
 */
async function keyOf(make) {
  if (make && !window.name.startsWith(NAME)) window.name = NAME + written(crypto.getRandomValues(new Uint8Array(32)));
  return crypto.subtle.importKey('raw', bytesOf(window.name.slice(NAME.length)), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

export class Kept {
  #turn = 0;

  /** @param {string} name  of its place in the session storage */
  constructor(name) {
    this.name = name;
  }

  /**
   * @param {object} value
   * @returns {Promise<boolean>} whether it is kept; a later call overtakes an earlier one
   */
  async save(value) {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
      const plain = new TextEncoder().encode(JSON.stringify({ at: Date.now(), value }));
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(true), plain));
      if (turn === this.#turn) sessionStorage.setItem(this.name, written(iv) + written(sealed));
      return true;
    } catch {
      return false;
    }
  }

  /** @returns {Promise<any>} what was kept; nothing when it is too old or does not open, and then it is gone */
  async open() {
    try {
      const text = sessionStorage.getItem(this.name) ?? '';
      const bytes = bytesOf(text);
      const sealed = { name: 'AES-GCM', iv: bytes.slice(0, IV_LENGTH) };
      const plain = await crypto.subtle.decrypt(sealed, await keyOf(false), bytes.slice(IV_LENGTH));
      const { at, value } = JSON.parse(new TextDecoder().decode(plain));
      if (Math.abs(Date.now() - at) < KEPT_FOR_MS) return value;
    } catch {
      // Nothing there, or the key of another tab.
    }
    this.wipe();
    return null;
  }

  wipe() {
    this.#turn += 1;
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Nothing can be kept here.
    }
  }
}
