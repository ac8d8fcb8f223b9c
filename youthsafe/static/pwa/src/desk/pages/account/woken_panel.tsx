/** Whether this browser is woken when something waits, with a button that tries it. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Desk } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { type Waking, type WakingOutcome, WokenHere } from "./woken_here.ts";

const STATES: Record<Waking, () => string> = {
  impossible: () => _("This browser cannot show alerts. On an iPhone, put this website on the home screen first."),
  refused: () => _("This browser was told to show no alerts of this website. Its settings can change that."),
  off: () => _("Alerts are off in this browser."),
  on: () => _("Alerts are on in this browser."),
};

const OUTCOMES: Record<WakingOutcome, () => string> = {
  on: () => _("From now on this browser shows alerts. Try it now."),
  off: () => _("This browser shows no more alerts."),
  sent: () => _("The browser’s push service took it. An alert shows here in a moment."),
  "not-sent": () => _("The browser’s push service did not take it. Switch alerts off and on again."),
  "no-service": () => _("This browser’s push service cannot be reached."),
};

export function WokenPanel({ desk }: { desk: Desk }) {
  const woken = useMemo(() => new WokenHere(desk), []);
  const { session } = desk;
  const mayBe = session !== null && may(session, "report:read");
  useLayoutEffect(() => {
    if (mayBe) void woken.look().catch(() => {}); // the page itself says what is wrong with the server
  }, []);
  if (!mayBe) return null;
  const state = woken.state.value;
  return (
    <section class="panel stack" data-part="panel-woken">
      <h2>{_("Alerts in this browser")}</h2>
      <p>
        {_(
          "An alert says that something is waiting, also while this page is closed. It says nothing else. The maker of the browser learns when you are alerted.",
        )}
      </p>
      <p data-part="woken-state">{STATES[state]()}</p>
      <p class="actions">
        <Button part="wake" busy={woken.busy.value} hidden={state !== "off"} onPress={() => void woken.switchOn()}>
          {_("Switch alerts on")}
        </Button>
        <Button part="try-waking" busy={woken.busy.value} hidden={state !== "on"} onPress={() => void woken.test()}>
          {_("Try it")}
        </Button>
        <Button
          kind="quiet"
          part="wake-no-more"
          busy={woken.busy.value}
          hidden={state !== "on"}
          onPress={() => void woken.switchOff()}
        >
          {_("Switch alerts off")}
        </Button>
      </p>
      <p role="status" data-part="woken-outcome">
        {woken.outcome.value && OUTCOMES[woken.outcome.value]()}
      </p>
      <Notice kind="warn" alert part="woken-trouble">
        {woken.trouble.value && troubleWords(woken.trouble.value)}
      </Notice>
    </section>
  );
}
