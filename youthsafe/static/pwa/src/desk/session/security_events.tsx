/** What happened to the keys and factors of whoever signed in: shown above every page until they have read it. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type * as api from "../../generated/api.ts";
import { dayAndTime } from "../../lib/dates.ts";
import { _ } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { isEvents } from "../wire.ts";
import type { Desk } from "./desk.ts";

const WORDS: Record<api.Event["kind"], (named: { name: string; time: string }) => ReturnType<typeof _>> = {
  "second-factor-reset": (named) =>
    _(
      "%(name)s took your second factor away on %(time)s. If you did not ask for it, tell another coordinator now.",
      named,
    ),
  "second-factor-reset-by-you": (named) =>
    _(
      "You took away the second factor of %(name)s on %(time)s. If it was not you, tell another coordinator now.",
      named,
    ),
  "recovery-code-used": (named) =>
    _("Somebody signed in with a recovery code of yours on %(time)s. If it was not you, make new words now.", named),
  "words-changed": (named) =>
    _("Your six words were changed on %(time)s. If it was not you, tell your coordinator now.", named),
  "factor-added": (named) =>
    _("A second factor was added to your account on %(time)s. If it was not you, make new words now.", named),
  "factor-removed": (named) =>
    _("A second factor was removed from your account on %(time)s. If it was not you, make new words now.", named),
  "mail-changed": (named) =>
    _("Your address for mail was changed on %(time)s. If it was not you, make new words now.", named),
  "kit-looked": (named) =>
    _(
      "Somebody typed the recovery kit on %(time)s. With it every report can be opened. If it was none of you, make a new kit now.",
      named,
    ),
};

export function SecurityEvents({ desk }: { desk: Desk }) {
  const events = useSignal<readonly api.Event[]>([]);
  const session = desk.session?.member.id;
  useLayoutEffect(() => {
    if (events.value.length > 0) events.value = [];
    // What cannot be asked now is said at the next sign-in.
    void desk.get("/account/events", isEvents).then(
      (found) => {
        events.value = found.events;
      },
      () => {},
    );
  }, [session]);
  const read = async ({ id }: api.Event): Promise<void> => {
    await desk.post(`/account/events/${id}/read`).catch((error: unknown) => desk.troubleOf(error));
    events.value = events.value.filter((each) => each.id !== id);
  };
  return (
    <>
      {events.value.map((event) => (
        <Notice key={event.id} kind="warn" part="security-event">
          {WORDS[event.kind]({ name: event.other ?? "?", time: dayAndTime(Date.parse(event.at)) })}{" "}
          <Button kind="quiet" part="event-read" onPress={() => void read(event)}>
            {_("I have read it")}
          </Button>
        </Notice>
      ))}
    </>
  );
}
