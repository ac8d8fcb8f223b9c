/** What only some browsers have on a page, and TypeScript's own lists therefore lack. */

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
  readonly standalone?: boolean;
}

interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

interface WindowEventMap {
  beforeinstallprompt: InstallPromptEvent;
}
