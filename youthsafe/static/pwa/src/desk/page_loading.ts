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

/** Where a file of each page is, and what it must be, as in `integrity`. */
export type PageFiles = Record<string, readonly [string, string]>;

const isPageFile = (value: unknown): value is readonly [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(isText);
const isPageFiles = (value: unknown): value is PageFiles => isObject(value) && Object.values(value).every(isPageFile);

/** What the HTML says of the files of each page. */
export function pageFilesOf(written: string): PageFiles {
  const found: unknown = JSON.parse(written);
  return isPageFiles(found) ? found : {};
}

export type PageView = ComponentType<PageProps>;

export class PageLoading {
  /** The pages that are here, and those that could not be got. */
  readonly views: Signal<ReadonlyMap<DeskPage, PageView | TroubleError>> = signal(new Map());
  readonly #files: PageFiles;
  readonly #texts: PageFiles;
  readonly #asked = new Set<DeskPage>();
  readonly #failures = new Map<DeskPage, number>();
  readonly #getModule: (address: string) => Promise<unknown>;

  /** `files`: the pages' scripts; `texts`: their translations, which English has none of. */
  constructor(
    files: PageFiles,
    texts: PageFiles = {},
    getModule = (address: string): Promise<unknown> => import(address),
  ) {
    this.#files = files;
    this.#texts = texts;
    this.#getModule = getModule;
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
    const [file, texts] = [this.#files[page.name], this.#texts[page.name]];
    const fresh = file && failures > 0 ? `${file[0]}?try=${failures}` : null;
    await Promise.all([file && vouch(fresh ?? file[0], file[1]), texts && loadCatalogue(...texts)]);
    return fresh ? viewOf(await this.#getModule(fresh)) : (await page.View()).View;
  }
}

const isView = (value: unknown): value is PageView => typeof value === "function";

function viewOf(module: unknown): PageView {
  if (isObject(module) && "View" in module && isView(module.View)) return module.View;
  throw new TroubleError("offline");
}

/** Have the browser get a module that is what was said of it; throws when it is another. */
function vouch(address: string, integrity: string): Promise<void> {
  const link = document.createElement("link");
  if (!link.relList.supports("modulepreload")) return Promise.resolve();
  link.rel = "modulepreload";
  link.integrity = integrity;
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new TroubleError("offline")));
    link.href = address;
    document.head.append(link);
  });
}
