/** The page about keeping this site on a phone. It holds no words: the template has them all. */
import { all, around, one } from "../lib/dom.ts";
import { choice, isKept, keepAsAsked, possible, remove, saving } from "./offline.ts";

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

const page = one(document, "[data-install]");
const locale = document.documentElement.lang;
let prompt: InstallPromptEvent | null = null;

function show(state: State) {
  for (const each of all(page, "[data-when]")) {
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
  const button = around(target, "button");
  if (!button) return;
  if (button.hasAttribute("data-keep")) void keepIt();
  if (button.hasAttribute("data-remove")) void removeIt();
  if (button.hasAttribute("data-prompt")) void prompt?.prompt();
}

function offer(offered: boolean) {
  for (const each of all(page, "[data-offered]")) each.hidden = !offered;
}

page.addEventListener("click", clicked);
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  offer(true);
});
addEventListener("appinstalled", () => offer(false));
if (possible()) navigator.serviceWorker.addEventListener("message", () => void find().then(show));
void find().then(show);
