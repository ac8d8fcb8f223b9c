/** What the server gives of the trail. It stands here and not in `desk/wire.ts`, which comes with the sign-in. */
import type * as api from "../../../generated/api.ts";
import { type Guard, isFlag, isNumber, isText, listOf, orNull, shape } from "../../guards.ts";

export type Action = NonNullable<api.TrailEntry["action"]>;

/** The action is any text: a page that is older than its server knows not every one. */
export type TrailEntry = Omit<api.TrailEntry, "action"> & { action: string | null };
export type ChainHead = api.ChainHead;
export type Trail = Omit<api.Trail, "entries"> & { entries: TrailEntry[] };

export const isTrail: Guard<Trail> = shape<Trail>({
  instance: isText,
  heads: listOf(shape<ChainHead>({ chain: isText, number: isNumber, head: orNull(isText) })),
  entries: listOf(
    shape<TrailEntry>({
      number: isNumber,
      chain: orNull(isText),
      at: orNull(isNumber),
      actor: orNull(isText),
      action: orNull(isText),
      subject: orNull(isText),
      previous: orNull(isText),
      damaged: isFlag,
    }),
  ),
  next: orNull(isNumber),
  people: listOf(shape<api.Named>({ id: isText, name: isText })),
});
