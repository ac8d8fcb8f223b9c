/** The pages under Settings that whoever is signed in may open, each with a line about it. */
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { _ } from "../../texts.ts";
import { Heading } from "../../ui/heading.tsx";

export function View({ desk }: PageProps) {
  const { session } = desk;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Settings")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <ul class="rows" data-part="settings">
        {desk.pages.map(
          ({ name, path, title, permission, settings }) =>
            settings &&
            session &&
            permission &&
            may(session, permission) && (
              <li key={name} class="row" data-page={name}>
                <a class="row-open" href={desk.address(path)}>
                  {title()}
                </a>
                <span class="row-meta">{settings()}</span>
              </li>
            ),
        )}
      </ul>
    </section>
  );
}
