/** The menu, made from the pages that whoever is signed in may open. */
import type { Desk } from "./session/desk.ts";
import { may } from "./session/session.ts";
import { useShortcuts } from "./shortcuts.ts";
import { _ } from "./texts.ts";

/** `current`: the name of the entry that is shown. */
export function Menu({ desk, current }: { desk: Desk; current: string }) {
  useShortcuts(desk);
  const { session } = desk;
  const open = desk.pages.filter(({ permission }) => session && permission && may(session, permission));
  return (
    <nav class="tabs" aria-label={_("All pages")}>
      {open
        .flatMap(({ menu }) => menu)
        .map(({ name, label, address }) => (
          <a
            key={name}
            data-tab={name}
            href={desk.address(address)}
            aria-current={name === current ? "page" : undefined}
          >
            {label()}
          </a>
        ))}
    </nav>
  );
}
