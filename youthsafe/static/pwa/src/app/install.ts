/** The page about keeping this site on a phone. It holds no words: the template has them all. */
import { choice, isKept, keepAsAsked, possible, remove, saving } from "./offline.ts";

/** Only some browsers have it. */
export type InstallPrompt = Event & { prompt: () => Promise<unknown> };
export type State =
  | "unknown"
  | "impossible"
  | "kept"
  | "coming"
  | "saving"
  | "working"
  | "removed"
  | "no-room"
  | "failed";

const page = document.querySelector("[data-install]") as HTMLElement;
const locale = document.documentElement.lang;
let prompt: InstallPrompt | null = null;

function show(state: State) {
  for (const each of page.querySelectorAll("[data-when]") as NodeListOf<HTMLElement>) {
    each.hidden = !each.dataset.when?.split(" ").includes(state);
  }
}

async function find(): Promise<State> {
  if (!possible()) return "impossible";
  if (await isKept(locale)) return "kept";
  if (choice() === "no") return "removed";
  return saving() && choice() !== "yes" ? "saving" : "coming";
}

async function keepIt() {
  show("working");
  const outcome = await keepAsAsked(locale);
  show(outcome === "renewed" ? "kept" : outcome);
}

async function removeIt() {
  show("working");
  await remove();
  show("removed");
}

function clicked({ target }: Event) {
  const button = target instanceof Element && target.closest("button");
  if (!(button instanceof HTMLElement)) return;
  if (button.hasAttribute("data-keep")) void keepIt();
  if (button.hasAttribute("data-remove")) void removeIt();
  if (button.hasAttribute("data-prompt")) void prompt?.prompt();
}

function offer(offered: boolean) {
  for (const each of page.querySelectorAll("[data-offered]") as NodeListOf<HTMLElement>) each.hidden = !offered;
}

page.addEventListener("click", clicked);
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event as InstallPrompt;
  offer(true);
});
addEventListener("appinstalled", () => offer(false));
if (possible()) navigator.serviceWorker.addEventListener("message", () => void find().then(show));
void find().then(show);
