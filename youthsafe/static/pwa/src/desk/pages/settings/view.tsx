/** The pages under Settings that whoever is signed in may open, each with a line about it. */
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { _ } from "../../texts.ts";
import { Heading } from "../../ui/heading.tsx";
import { LINES } from "./lines.ts";

const listed = ({ pages, session }: Desk) =>
  pages.filter(({ name, permission }) => name in LINES && session && permission && may(session, permission));

export function View({ desk }: PageProps) {
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Settings")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <ul class="rows" data-part="settings">
        {listed(desk).map(({ name, path, title }) => (
          <li key={name} class="row" data-page={name}>
            <a class="row-open" href={desk.address(path)}>
              {title()}
            </a>
            <span class="row-meta">{LINES[name]?.()}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
