/** Whether this browser is woken when something waits: its push service is asked, and the server told where. */
import { signal } from "@preact/signals";
import { forgetAlertWords, keepAlertWords } from "../../../lib/alert_words.ts";
import { SERVICE_WORKER } from "../../../lib/scripts.ts";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import type { TroubleError } from "../../trouble.ts";
import { isDevices, isPushKey, isWoken } from "../../wire.ts";

/** `refused`: by whoever uses the browser, in its settings. */
export type Waking = "impossible" | "refused" | "off" | "on";
export type WakingOutcome = "on" | "off" | "sent" | "not-sent" | "no-service";

const isPossible = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

export class WokenHere {
  readonly state = signal<Waking>("off");
  readonly outcome = signal<WakingOutcome | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Another member may have been woken in this browser: only the server knows whose it is. */
  async look(): Promise<void> {
    if (!isPossible()) {
      this.state.value = "impossible";
      return;
    }
    const here = await this.#here();
    const { endpoints } = here ? await this.#desk.get("/devices", isDevices) : { endpoints: [] };
    const isOn = here !== null && endpoints.includes(here.endpoint);
    this.state.value = isOn ? "on" : Notification.permission === "denied" ? "refused" : "off";
  }

  switchOn(): Promise<void> {
    return this.#press(async () => {
      if ((await Notification.requestPermission()) !== "granted") return null;
      const { key } = await this.#desk.postFor("/devices/key", isPushKey);
      const made = await subscribe(key).catch(() => null); // a browser without a push service, or one that cannot be reached
      if (!made) return "no-service";
      await keepAlertWords(_("Something is waiting at the desk"));
      await this.#desk.post("/devices", { endpoint: made.endpoint });
      return "on";
    });
  }

  switchOff(): Promise<void> {
    return this.#press(async () => {
      const here = await this.#here();
      if (here) {
        await this.#desk.post("/devices/remove", { endpoint: here.endpoint });
        await here.unsubscribe();
      }
      await forgetAlertWords();
      return "off";
    });
  }

  test(): Promise<void> {
    return this.#press(async () => {
      const here = await this.#here();
      if (!here) return "not-sent";
      const { woken } = await this.#desk.postFor("/devices/test", isWoken, { endpoint: here.endpoint });
      return woken ? "sent" : "not-sent";
    });
  }

  async #here(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker.getRegistration("/");
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  async #press(act: () => Promise<WakingOutcome | null>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.outcome.value = this.trouble.value = null;
    try {
      this.outcome.value = await act();
      await this.look();
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    } finally {
      this.busy.value = false;
    }
  }
}

/** A subscription that is bound to another key makes way. */
async function subscribe(key: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register(SERVICE_WORKER, { scope: "/", updateViaCache: "none" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: key };
  return pushManager.subscribe(wanted).catch(async () => {
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(wanted);
  });
}
