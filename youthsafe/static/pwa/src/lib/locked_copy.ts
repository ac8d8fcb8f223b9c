/**
 * A locked copy of what is being written, for this tab and half an hour. It lies in the tab's session storage, which
 * browsers write to disk; its key is the tab's name, which they do not: it stays with the tab from page to page of this
 * site, and with nobody else. Leave now on any page throws both away (`app.ts`).
 */

import { expired, KEY } from "./expiry.ts";

const IV_LENGTH = 12;

const written = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

const locking = (iv: Uint8Array<ArrayBuffer>, at: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: new TextEncoder().encode(at),
});

/** The key in the tab's name, or a new one. */
async function keyOf(make: boolean) {
  if (make && !window.name.startsWith(KEY)) window.name = KEY + written(crypto.getRandomValues(new Uint8Array(32)));
  return crypto.subtle.importKey("raw", bytesOf(window.name.slice(KEY.length)), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

export class LockedCopy<T extends object> {
  name: string;

  #turn = 0;

  /** `name`: of its place in the session storage. */
  constructor(name: string) {
    this.name = name;
  }

  /**
   * What it gives tells, whenever it is asked, whether only the open page has it: it could not be kept, or has ended. A later
   * call overtakes an earlier one.
   */
  async save(value: T): Promise<() => boolean> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const at = `${Date.now()}`;
      const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(locking(iv, at), await keyOf(true), plain));
      if (turn === this.#turn) sessionStorage.setItem(this.name, `${at} ${written(iv)}${written(sealed)}`);
      return () => expired(Number(at));
    } catch {
      return () => true;
    }
  }

  /** What was kept; nothing when it is too old or does not open, and then it is gone. */
  async open(): Promise<T | null> {
    try {
      const [at = "", text = ""] = (sessionStorage.getItem(this.name) ?? "").split(" ");
      const bytes = bytesOf(text);
      const plain = await crypto.subtle.decrypt(
        locking(bytes.slice(0, IV_LENGTH), at),
        await keyOf(false),
        bytes.slice(IV_LENGTH),
      );
      if (!expired(Number(at))) return JSON.parse(new TextDecoder().decode(plain));
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
