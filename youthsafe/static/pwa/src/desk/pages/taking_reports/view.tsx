/** Taking reports: one press stops them, beside what pupils then see; another takes them again. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { dayAndTime } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Stopped } from "../../wire.ts";
import { type FormPress, FormState } from "./form_state.ts";
import { closedItself } from "./words.ts";

export function View({ desk }: PageProps) {
  const state = useMemo(() => new FormState(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(state);
    void state.refresh();
    return leave;
  }, []);
  const form = state.form.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Taking reports")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {state.trouble.value && troubleWords(state.trouble.value)}
      </Notice>
      {form && <Switch state={state} stopped={form.stopped} />}
      <WhatPupilsSee />
      <WhatGoesOn />
    </section>
  );
}

function Switch({ state, stopped: found }: { state: FormState; stopped: Stopped | null }) {
  const itself = found !== null && found.reason !== "member";
  const stopped = itself ? null : found;
  return (
    <section class="panel stack" data-part="switch">
      <p data-part="state">
        {itself ? (
          <strong>{closedItself(found)}</strong>
        ) : stopped === null ? (
          _("Pupils can send reports now.")
        ) : (
          <strong>
            {_("Since %(time)s no reports are taken: pupils see that the form is closed.", {
              time: dayAndTime(Date.parse(stopped.since)),
            })}
          </strong>
        )}
      </p>
      <p class="actions">
        {stopped === null ? (
          <Button kind="danger" part="stop" onPress={() => void state.press("stop")}>
            {_("Stop taking reports now")}
          </Button>
        ) : (
          <Button kind="primary" part="take-again" onPress={() => void state.press("take-again")}>
            {_("Take reports again")}
          </Button>
        )}
      </p>
      <p role="status" data-part="outcome">
        {state.done.value && OUTCOMES[state.done.value]()}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {state.pressTrouble.value && troubleWords(state.pressTrouble.value)}
      </Notice>
    </section>
  );
}

const OUTCOMES: Record<FormPress, () => string> = {
  stop: () => _("Stopped. Whoever opens the form from now on sees that it is closed."),
  "take-again": () => _("Pupils can send reports again."),
};

function WhatPupilsSee() {
  return (
    <section class="panel stack">
      <h2>{_("What pupils see while no reports are taken")}</h2>
      <blockquote class="panel stack" data-part="preview">
        <p>
          <strong>{_("The form is closed")}</strong>
        </p>
        <p>
          {_(
            "Nobody is reading here at the moment, so nothing can be sent. The form opens again when somebody reads. These people can help you:",
          )}
        </p>
        <p>{_("Below stand the numbers that every page has, 999 and Childline among them, and “Who can help”.")}</p>
      </blockquote>
    </section>
  );
}

function WhatGoesOn() {
  return (
    <section class="panel stack">
      <h2>{_("What goes on meanwhile")}</h2>
      <ul>
        <li>{_("What a pupil sealed before, and what waits on a phone without signal, still comes in.")}</li>
        <li>{_("Whoever has the form open can still send for ten minutes.")}</li>
        <li>{_("Reply codes, answers and everything at the desk work as before.")}</li>
        <li>
          {_(
            "Everybody sees in the inbox that no reports are taken. It does not end by itself: take reports again here.",
          )}
        </li>
        <li>
          {_("Where nobody opens what waits, the form closes itself. It opens again by itself when somebody does.")}
        </li>
      </ul>
    </section>
  );
}
