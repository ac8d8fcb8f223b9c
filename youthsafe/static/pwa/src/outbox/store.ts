/** Sealed reports that are not sent yet, on this device as far as it can keep them, and in this page's memory. */
import { replace, transact } from "../lib/database.ts";
import type { Device } from "../lib/device.ts";

/** A sealed request; the times are milliseconds since 1970. */
export type Item = {
  id: string;
  body: string;
  sealed_at: number;
  state: "waiting" | "refused" | "conflict";
  tries: number;
  due: number;
  not_before: number;
};

export class Store {
  device: Pick<Device, "attempt" | "emptied">;
  /** What this page itself put in: never lost, whatever the browser does. */
  own = new Map<string, { item: Item; kept: boolean }>();
  /** All that was kept is gone: nothing outlives this page until it is written anew, with the next try. */
  emptied = () => {};

  constructor(device: Pick<Device, "attempt" | "emptied">) {
    this.device = device;
    device.emptied = () => {
      for (const own of this.own.values()) own.kept = false;
      this.emptied();
    };
  }

  /** The oldest first. */
  async items(): Promise<Item[]> {
    const kept: Item[] = (await this.device.attempt((db) => transact(db, "outbox", (rows) => rows.getAll()))) ?? [];
    const all = new Map([...kept, ...[...this.own.values()].map(({ item }) => item)].map((item) => [item.id, item]));
    return [...all.values()].sort((a, b) => a.sealed_at - b.sealed_at);
  }

  /** Whether it will outlive this page. */
  async add(item: Item): Promise<boolean> {
    const own = { item, kept: false };
    this.own.set(item.id, own);
    own.kept = await this.#write(item);
    return own.kept;
  }

  /**
   * Write down what came of a try. What somebody else has sent meanwhile does not come back; what found no room before
   * may now.
   */
  async update(item: Item) {
    const own = this.own.get(item.id);
    if (own) own.item = item;
    if (own && !own.kept) own.kept = await this.#write(item);
    else await this.device.attempt((db) => replace(db, "outbox", item.id, (there: Item | undefined) => there && item));
  }

  /** Whether an item will outlive this page. */
  keeps(id: string) {
    return this.own.get(id)?.kept ?? true;
  }

  async forget(id: string) {
    this.own.delete(id);
    await this.device.attempt((db) => transact(db, "outbox", (rows) => rows.delete(id)));
  }

  async #write(item: Item) {
    return (await this.device.attempt((db) => transact(db, "outbox", (rows) => rows.put(item)))) !== undefined;
  }
}
