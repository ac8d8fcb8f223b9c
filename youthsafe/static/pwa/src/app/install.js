/** The page about keeping this site on a phone. It holds no words: the template has them all. */
import { choice, isKept, keepAsAsked, possible, remove, saving } from "./offline.js";

/** @typedef {Event & {prompt: () => Promise<unknown>}} InstallPrompt  only some browsers have it */
/** @typedef {'unknown' | 'impossible' | 'kept' | 'coming' | 'saving' | 'working' | 'removed' | 'no-room' | 'failed'} State */

const page = /** @type {HTMLElement} */ (document.querySelector("[data-install]"));
const locale = document.documentElement.lang;
/** @type {InstallPrompt | null} */
let prompt = null;

/** @param {State} state */
function show(state) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-when]"))) {
    each.hidden = !each.dataset.when?.split(" ").includes(state);
  }
}

/** @returns {Promise<State>} */
async function find() {
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

/** @param {Event} event */
function clicked({ target }) {
  const button = target instanceof Element && target.closest("button");
  if (!(button instanceof HTMLElement)) return;
  if (button.hasAttribute("data-keep")) void keepIt();
  if (button.hasAttribute("data-remove")) void removeIt();
  if (button.hasAttribute("data-prompt")) void prompt?.prompt();
}

/** @param {boolean} offered */
function offer(offered) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-offered]"))) each.hidden = !offered;
}

page.addEventListener("click", clicked);
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = /** @type {InstallPrompt} */ (event);
  offer(true);
});
addEventListener("appinstalled", () => offer(false));
if (possible()) navigator.serviceWorker.addEventListener("message", () => void find().then(show));
void find().then(show);
