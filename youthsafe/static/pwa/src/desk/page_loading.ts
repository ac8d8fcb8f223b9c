/**
 * Getting a page's files when it is opened. The desk's own HTML says what each file must be; a browser that can checks that before it
 * runs them, and takes no other afterwards. A page's own translations come with it.
 */
import { type Signal, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { isObject, isText } from "./guards.ts";
import type { DeskPage, PageProps } from "./session/desk.ts";
import { loadCatalogue } from "./texts.ts";
import { TroubleError } from "./trouble.ts";

/** Where a file is, and what it must be, as in `integrity`. */
export type VouchedFile = readonly [string, string];
/** The files of each page: what it shares with others, and then its own. */
export type PageFiles = Record<string, readonly VouchedFile[]>;
/** The translations of each page. */
export type PageTexts = Record<string, VouchedFile>;

const isFile = (value: unknown): value is VouchedFile =>
  Array.isArray(value) && value.length === 2 && value.every(isText);
const isFiles = (value: unknown): value is readonly VouchedFile[] => Array.isArray(value) && value.every(isFile);
const isPageFiles = (value: unknown): value is PageFiles => isObject(value) && Object.values(value).every(isFiles);
const isPageTexts = (value: unknown): value is PageTexts => isObject(value) && Object.values(value).every(isFile);

/** What the HTML says of the files of each page. */
export function pageFilesOf(written: string): PageFiles {
  const found: unknown = JSON.parse(written);
  return isPageFiles(found) ? found : {};
}

/** What the HTML says of the translations of each page. */
export function pageTextsOf(written: string): PageTexts {
  const found: unknown = JSON.parse(written);
  return isPageTexts(found) ? found : {};
}

export type PageView = ComponentType<PageProps>;

export class PageLoading {
  /** The pages that are here, and those that could not be got. */
  readonly views: Signal<ReadonlyMap<DeskPage, PageView | TroubleError>> = signal(new Map());
  readonly #files: PageFiles;
  readonly #texts: PageTexts;
  readonly #asked = new Set<DeskPage>();
  readonly #failures = new Map<DeskPage, number>();
  readonly #getModule: (address: string) => Promise<unknown>;

  readonly #vouch: (file: VouchedFile) => Promise<void>;

  /** `files`: the pages' scripts; `texts`: their translations, which English has none of. */
  constructor(
    files: PageFiles,
    texts: PageTexts = {},
    { getModule = (address: string): Promise<unknown> => import(address), vouch = vouchFor } = {},
  ) {
    this.#files = files;
    this.#texts = texts;
    this.#getModule = getModule;
    this.#vouch = vouch;
  }

  /** Get a page unless it is here or on its way. */
  async load(page: DeskPage): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const failures = this.#failures.get(page) ?? 0;
    const found = await this.#load(page, failures).catch(() => new TroubleError("offline"));
    if (found instanceof TroubleError) {
      this.#failures.set(page, failures + 1);
      this.#asked.delete(page); // to be tried again
    }
    this.views.value = new Map([...this.views.value, [page, found]]);
  }

  /** Some browsers keep in mind that a module could not be got, by its address; so it is asked for under another then. */
  async #load(page: DeskPage, failures: number): Promise<PageView> {
    const [files, texts] = [this.#files[page.name] ?? [], this.#texts[page.name]];
    const [shared, [own]] = [files.slice(0, -1), files.slice(-1)];
    const file: VouchedFile | undefined = own && failures > 0 ? [`${own[0]}?try=${failures}`, own[1]] : own;
    await Promise.all([...shared.map(this.#vouch), texts && loadCatalogue(...texts)]);
    if (file) await this.#vouch(file);
    return file && failures > 0 ? viewOf(await this.#getModule(file[0])) : (await page.View()).View;
  }
}

const isView = (value: unknown): value is PageView => typeof value === "function";

function viewOf(module: unknown): PageView {
  if (isObject(module) && "View" in module && isView(module.View)) return module.View;
  throw new TroubleError("offline");
}

/**
 * Have the browser get a module that is what was said of it; throws when it is another. It is fetched before it is asked for as a module: what
 * pages share has one address only, of which no failure may be kept in mind.
 */
async function vouchFor([address, integrity]: VouchedFile): Promise<void> {
  const link = document.createElement("link");
  const answer = await fetch(address, { integrity });
  if (!answer.ok) throw new TroubleError("offline");
  if (!link.relList.supports("modulepreload")) return;
  link.rel = "modulepreload";
  link.integrity = integrity;
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new TroubleError("offline")));
  });
  link.href = address;
  document.head.append(link);
  await loaded;
}
