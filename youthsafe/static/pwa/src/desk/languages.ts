/** The bar's menu of languages: it closes when it is left, and its links follow the address, so that another language opens the same view. */

/** The languages of this site, by the links of its menu. */
export function languagesOffered(): { code: string; name: string }[] {
  const links = document.querySelectorAll(".languages a[hreflang]");
  return [...links].map((link) => ({ code: link.getAttribute("hreflang") ?? "", name: link.textContent ?? "" }));
}

/** `base`: the desk's first address in this language; what follows it stays. */
export function followLanguages(base: string, _visit: unknown): void {
  const below = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : "";
  for (const link of document.querySelectorAll(".languages a[hreflang]")) {
    const other = base.replace(/[^/]+\/$/, `${link.getAttribute("hreflang")}/`);
    link.setAttribute("href", `${other}${below}${location.search}`);
  }
}

export function foldLanguages(languages: HTMLElement): void {
  const close = (): void => languages.removeAttribute("open");
  languages.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !languages.hasAttribute("open")) return;
    close();
    languages.querySelector("summary")?.focus();
  });
  languages.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !languages.contains(relatedTarget)) close(); // none: Safari focuses no link
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !languages.contains(target)) close();
  });
}
