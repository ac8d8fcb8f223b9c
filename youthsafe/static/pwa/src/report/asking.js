/** The page's end of the line to a worker: questions with a number, answers or a kind of refusal. */
import { ours } from '../ours.js';

export class RefusalError extends Error {
  /**
   * @param {string} kind
   * @param {number} [word]  which word of a receipt code, from 1
   */
  constructor(kind, word) {
    super(kind);
    this.name = 'RefusalError';
    this.kind = kind;
    this.word = word;
  }
}

export class Line {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #open = new Map();

  #last = 0;

  /** @type {Worker | null} */
  #worker = null;

  /**
   * @param {string} name  of the worker
   * @param {string | undefined} address  of its script, as the page has it
   * @param {number} patience  milliseconds before a silent worker counts as missing
   */
  constructor(name, address, patience) {
    this.name = name;
    this.address = address;
    this.patience = patience;
  }

  /**
   * Ask one question; raises RefusalError with the kind that the worker gave, or `worker` when it cannot be reached.
   * @param {string} name
   * @param {object} question
   * @returns {Promise<any>}
   */
  ask(name, question) {
    this.#last += 1;
    const number = this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(), this.patience);
      const done = () => { clearTimeout(timer); this.#open.delete(number); };
      this.#open.set(number, {
        resolve: (value) => { done(); resolve(value); },
        reject: (error) => { done(); reject(error); },
      });
      this.#send({ ...question, name, number });
    });
  }

  /** End the worker and forget everything that was asked; the next question begins a new one. */
  hangUp() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of [...this.#open.values()]) reject(new RefusalError('worker'));
  }

  /** @param {object} message */
  #send(message) {
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(message);
    } catch {
      this.#lose();
    }
  }

  #start() {
    const worker = new Worker(ours(this.name, this.address), { type: 'module' });
    worker.onerror = (event) => { event.preventDefault(); this.#lose(); };
    worker.onmessageerror = () => this.#lose();
    worker.onmessage = ({ data }) => {
      const asked = this.#open.get(data.number);
      if (data.kind) asked?.reject(new RefusalError(data.kind, data.word));
      else asked?.resolve(data.value);
    };
    return worker;
  }

  #lose() {
    this.hangUp();
  }
}
