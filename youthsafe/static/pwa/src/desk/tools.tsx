/** The bar's name and buttons, for whoever is signed in. */
import type { Desk } from "./session/desk.ts";
import { _ } from "./texts.ts";
import { Button } from "./ui/button.tsx";
import { UnopenedBar } from "./unopened_bar.tsx";

export function Tools({ desk }: { desk: Desk }) {
  const state = desk.state.value;
  if (state.kind !== "open" || !state.ready) return null;
  return (
    <div class="tools-row" id="desk-tools">
      <UnopenedBar desk={desk} />
      <p>
        <span class="visually-hidden">{_("Signed in:")}</span>{" "}
        <strong data-part="member">
          <bdi>{state.session.member.name}</bdi>
        </strong>
      </p>
      <span class="actions">
        <Button kind="quiet" part="lock" onPress={() => desk.lock()}>
          {_("Lock")}
        </Button>{" "}
        <Button kind="quiet" part="sign-out" onPress={() => void desk.signOut()}>
          {_("Sign out")}
        </Button>
      </span>
    </div>
  );
}
