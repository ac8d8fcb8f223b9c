/** Which key does what, and the switch that takes all of them away. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Desk } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { OFF, STORED, shortcutsAreOn } from "../../shortcuts.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

const OF_REPORTS: readonly [string[], () => string][] = [
  [["j"], () => _("Next report of the list")],
  [["k"], () => _("The report before it")],
  [["Enter"], () => _("Open it")],
  [["/"], () => _("Search the list")],
  [["r"], () => _("Write to the person")],
  [["Ctrl", "Enter"], () => _("Send what you wrote")],
  [["n"], () => _("Write a note for the team")],
  [["t"], () => _("Claim the report, or take what was handed to you")],
  [["h"], () => _("Hand it over")],
  [["c"], () => _("Close it; you are asked what came of it")],
  [["Esc"], () => _("Leave the text that you write in; then back to the list")],
];

/** Throws where a browser keeps nothing. */
function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, OFF);
}

export function ShortcutsPanel({ desk }: { desk: Desk }) {
  const { session } = desk;
  const on = useSignal(shortcutsAreOn());
  const kept = useSignal(true);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (desk.visit.value.query.has("keyboard")) heading.current?.focus();
  }, []);
  const change = () => {
    try {
      switchShortcuts(!on.value);
      on.value = !on.value;
    } catch {
      kept.value = false;
    }
  };
  const lines = session && may(session, "report:read") ? OF_REPORTS : [];
  return (
    <section class="panel stack" data-part="panel-shortcuts">
      <h2 ref={heading} tabIndex={-1}>
        {_("Keyboard shortcuts")}
      </h2>
      <p>{_("The whole desk works without a mouse. These keys are shorter ways. No single key sends anything.")}</p>
      <dl data-part="shortcuts">
        {[...lines, [["?"], () => _("This page")] as const].map(([pressed, words]) => (
          <div key={pressed.join("+")}>
            <dt>
              {pressed.map((each) => (
                <bdi key={each} dir="ltr">
                  <kbd>{each}</kbd>{" "}
                </bdi>
              ))}
            </dt>
            <dd>{words()}</dd>
          </div>
        ))}
      </dl>
      <p role="status" data-part="shortcuts-state">
        {on.value ? _("The shortcuts are on in this browser.") : _("The shortcuts are off in this browser.")}
      </p>
      <Notice kind="warn" alert part="shortcuts-not-kept">
        {!kept.value && _("This browser keeps nothing, so the shortcuts cannot be switched off here.")}
      </Notice>
      <p class="actions">
        <Button part="shortcuts-switch" onPress={change}>
          {on.value ? _("Switch the shortcuts off") : _("Switch the shortcuts on")}
        </Button>
      </p>
    </section>
  );
}
