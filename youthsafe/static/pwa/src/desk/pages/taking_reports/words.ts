/** Why the form closed itself, and what opens it again. */
import type { ComponentChild } from "preact";
import { dayAndTime } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { Stopped } from "../../wire.ts";

export function closedItself({ since, reason }: Stopped): ComponentChild {
  const time = { time: dayAndTime(Date.parse(since)) };
  if (reason === "nobody") {
    return _(
      "Since %(time)s the form is closed: nobody of the team was here for a whole day of reading. It opens again by itself, a minute after somebody signed in.",
      time,
    );
  }
  return _(
    "Since %(time)s the form is closed: something has waited too long and nobody has opened it. Open what waits, and it opens again by itself.",
    time,
  );
}
