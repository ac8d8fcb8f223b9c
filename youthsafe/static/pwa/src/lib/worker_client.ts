/** The page's end of the line to a worker: questions with a number, answers or a kind of refusal. */
import { RefusalError } from "./errors.ts";
import { ours } from "./scripts.ts";
import type { Methods } from "./worker_server.ts";

type Settle = (said: Pick<MessageEvent, "data">) => void;

/** `M`: what the worker answers, by name, as its own module exports it. */
export class WorkerClient<M extends Methods> {
  #open = new Map<number, Settle>();
  #last = 0;
  #worker: Worker | null = null;
  name: string;
  address: string | undefined;
  patience: number;

  /** `address`: of the script, as the page has it. `patience`: milliseconds before a silent worker counts as missing. */
  constructor(name: string, address: string | undefined, patience: number) {
    this.name = name;
    this.address = address;
    this.patience = patience;
  }

  /** Raises RefusalError with the kind that the worker gave, or `worker` when it cannot be reached. */
  ask<K extends keyof M & string>(name: K, ...[question]: Parameters<M[K]>): Promise<Awaited<ReturnType<M[K]>>> {
    this.#last += 1;
    const number = this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.hangUp(), this.patience);
      this.#open.set(number, ({ data }) => {
        clearTimeout(timer);
        this.#open.delete(number);
        if (data.kind) reject(new RefusalError(data.kind, data.word));
        else resolve(data.value);
      });
      this.#send({ name, number, question });
    });
  }

  /** End the worker and forget everything that was asked; the next question begins a new one. */
  hangUp(kind = "worker") {
    this.#worker?.terminate();
    this.#worker = null;
    for (const settle of [...this.#open.values()]) settle({ data: { kind } });
  }

  #send(message: object) {
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(message);
    } catch {
      this.hangUp();
    }
  }

  #start() {
    const worker = new Worker(ours(this.name, this.address), { type: "module" });
    worker.onerror = (event) => {
      event.preventDefault();
      this.hangUp();
    };
    worker.onmessageerror = () => this.hangUp();
    worker.onmessage = (message) => this.#open.get(message.data.number)?.(message);
    return worker;
  }
}
