/** The work that everybody is asked for: the same panel as on the page Floods. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { WorkPanel } from "../floods/work_panel.tsx";
import { WorkAskedShown } from "./work_asked.ts";

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new WorkAskedShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  const asked = shown.asked.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Work asked of everybody")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      {asked && (
        <section class="panel stack" data-part="work-panel">
          <WorkPanel
            asked={asked}
            mayChange
            onRaise={(step, hours) => void shown.raise(step, hours)}
            onEnd={() => void shown.end()}
          />
          <p role="status" data-part="outcome">
            {shown.saved.value && _("Saved. It holds within seconds.")}
          </p>
          <Notice kind="warn" alert part="press-trouble">
            {shown.pressTrouble.value && troubleWords(shown.pressTrouble.value)}
          </Notice>
        </section>
      )}
    </section>
  );
}
