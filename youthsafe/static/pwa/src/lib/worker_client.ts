/** The page's end of the line to a worker: questions with a number, answers or a kind of refusal. */
import { RefusalError } from "./errors.ts";
import { ours } from "./scripts.ts";

export class Line {
  name: string;
  address: string | undefined;
  patience: number;

  #open: Map<number, { resolve: (value: any) => void; reject: (error: Error) => void }> = new Map();

  #last = 0;

  #worker: Worker | null = null;

  /**
   * `name`: of the worker. `address`: of its script, as the page has it. `patience`: milliseconds before a silent
   * worker counts as missing.
   */
  constructor(name: string, address: string | undefined, patience: number) {
    this.name = name;
    this.address = address;
    this.patience = patience;
  }

  /**
   * Ask one question; raises RefusalError with the kind that the worker gave, or `worker` when it cannot be reached.
   */
  ask(name: string, question: object): Promise<any> {
    this.#last += 1;
    const number = this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(), this.patience);
      const done = () => {
        clearTimeout(timer);
        this.#open.delete(number);
      };
      this.#open.set(number, {
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      this.#send({ ...question, name, number });
    });
  }

  /** End the worker and forget everything that was asked; the next question begins a new one. */
  hangUp() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of [...this.#open.values()]) reject(new RefusalError("worker"));
  }

  #send(message: object) {
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(message);
    } catch {
      this.#lose();
    }
  }

  #start() {
    const worker = new Worker(ours(this.name, this.address), { type: "module" });
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose();
    };
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
