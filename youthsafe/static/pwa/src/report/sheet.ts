/** “More help” over the page, so that what is being written stays; Esc, Back and its own button close it. */
import { one } from "../lib/dom.ts";

/** Where a browser has no such sheets, the link leads to the page as ever. */
export function helpSheet() {
  const sheet = one(document, "dialog", HTMLDialogElement);
  one(document, "[data-more-help]").addEventListener("click", (event) => {
    if (!sheet.showModal) return;
    event.preventDefault();
    const { state } = history;
    history.pushState({ ...state, depth: (state?.depth ?? 0) + 1 }, "");
    sheet.showModal();
  });
  const close = (event: Event) => {
    event.preventDefault();
    history.back();
  };
  one(sheet, "[data-close]").addEventListener("click", close);
  sheet.addEventListener("cancel", close);
  addEventListener(
    "popstate",
    (event) => {
      if (!sheet.open) return;
      event.stopImmediatePropagation(); // the page beneath stays where it is
      sheet.close();
    },
    true,
  );
}
