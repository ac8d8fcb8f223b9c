/**
 * Sends what waits where no page shows it: in the service worker when the browser says that there is a connection, and
 * on any page that is opened.
 */
import { openDevice } from "../lib/device.ts";
import { deliver } from "./delivery.ts";
import { Outbox } from "./outbox.ts";
import { solve } from "./proof_of_work.ts";
import { Store } from "./store.ts";

/**
 * `address`: of the reports. `again` hears in how many milliseconds what still waits may be tried once more. Returns
 * whether something still waits, and whether something was not accepted.
 */
export async function sendWaiting(
  address: string,
  again: (milliseconds: number) => void = () => {},
): Promise<{ waits: boolean; refused: boolean }> {
  const device = await openDevice();
  const store = new Store(device);
  const outbox = new Outbox({
    store,
    deliver: (item) => deliver(address, item, solve),
    changed: () => {},
    wake: (_, milliseconds) => {
      again(milliseconds);
      return undefined;
    },
  });
  await outbox.send("online");
  const items = await store.items();
  device.close();
  return {
    waits: items.some((item) => item.state === "waiting"),
    refused: items.some((item) => item.state !== "waiting"),
  };
}
