/** The staff app's entry point: puts the desk into its HTML, and wires the page's events to it. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { Idle } from "../lib/idle.ts";
import { guardWhile } from "../lib/leaving.ts";
import { App } from "./app.tsx";
import { foldLanguages, followLanguages, languagesOffered } from "./languages.ts";
import { PageLoading, pageFilesOf, pageTextsOf } from "./page_loading.ts";
import { PAGES } from "./pages/registry.ts";
import { Desk } from "./session/desk.ts";
import { KeyWorkerClient } from "./session/key_worker_client.ts";
import { _, loadCatalogue } from "./texts.ts";
import { Tools } from "./tools.tsx";
import { FocusKeeper } from "./ui/focus_keeper.ts";
import { listsThemAll, withCount } from "./unopened_bar.tsx";

const IDLE_MS = 15 * 60_000;
const REFRESH_MS = 30_000;
const LOOK_AT_THE_CLOCK_MS = 10_000;
const INPUTS = ["click", "pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart"];

function lookWithEachPage({ state, visit }: Desk, look: () => Promise<void>): void {
  if (state.value.kind === "open" && state.value.ready && !listsThemAll(visit.value)) void look();
}

function place(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

function titleOf({ state, visit, unopened }: Desk): string {
  if (visit.value.page.permission === null) return visit.value.page.title();
  if (state.value.kind === "locked") return _("Locked");
  return state.value.kind === "open" ? withCount(visit.value.page.title(), unopened.value) : _("Sign in");
}

function watch(desk: Desk): void {
  const idle = new Idle(
    IDLE_MS,
    () => desk.lock(),
    Date.now,
    (soon) => desk.warn(soon),
  );
  const refresh = (): void => {
    idle.check();
    const isSeen = document.visibilityState === "visible";
    if (isSeen) void desk.refresh();
    if (!isSeen || !listsThemAll(desk.visit.value)) void desk.lookWhatWaits(); // the title of a tab that nobody sees says it
  };
  for (const input of INPUTS) {
    document.addEventListener(input, () => idle.touch(), { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", refresh);
  addEventListener("focus", refresh);
  setInterval(refresh, REFRESH_MS);
  setInterval(() => idle.check(), LOOK_AT_THE_CLOCK_MS);
  history.scrollRestoration = "manual"; // a list that is come back to is put in its place by itself
  addEventListener("popstate", () => desk.follow());
  addEventListener("pagehide", () => desk.lock());
  guardWhile(() => desk.drafts.unsaved);
}

/** A link of the desk opens its page without leaving the one that the keys are in. */
function followLinks(desk: Desk, root: HTMLElement): void {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    desk.go(link.getAttribute("href") ?? "");
  });
}

async function begin(): Promise<void> {
  const root = place("#desk");
  const { base = "/", keyWorker, files = "{}", texts = "{}", catalogue = "", catalogueIntegrity = "" } = root.dataset;
  await loadCatalogue(catalogue, catalogueIntegrity);
  const client = new KeyWorkerClient(keyWorker);
  const desk = new Desk({ base, keyWorker: client, languages: languagesOffered(), pages: PAGES });
  render(<App desk={desk} loading={new PageLoading(pageFilesOf(files), pageTextsOf(texts))} />, root);
  render(<Tools desk={desk} />, place("#desk-bar"));
  effect(() => {
    if (desk.state.value.kind !== "starting") document.title = titleOf(desk);
  });
  effect(() => lookWithEachPage(desk, () => desk.lookWhatWaits()));
  effect(() => followLanguages(base, desk.visit.value));
  foldLanguages(place(".languages details"));
  followLinks(desk, root);
  followLinks(desk, place("#desk-bar"));
  new FocusKeeper(root);
  watch(desk);
  await desk.start();
}

begin().catch(() => {
  place("[data-part=not-loaded]").hidden = false;
});
