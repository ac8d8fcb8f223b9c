/** What the server gives of the pages to refer a case on. It stands here and not in `desk/wire.ts`, which comes with the sign-in. */
import { RECIPIENTS } from "../../../crypto/card_fields.ts";
import type * as api from "../../../generated/api.ts";
import { type Guard, isText, listOf, oneOf, orNull, shape } from "../../guards.ts";

export type ReferralForm = api.ReferralForm;
export type ReferralRow = api.ReferralRow;

const isReferralRow = shape<ReferralRow>({
  label: isText,
  says: orNull(
    oneOf("number", "received", "danger", "told", "wish", "chronology", "level", "categories", "summary", "made"),
  ),
});

/** `language`: that of the pages. */
export const isReferralForms: Guard<api.ReferralForms> = shape<api.ReferralForms>({
  language: isText,
  forms: listOf(
    shape<ReferralForm>({
      to: oneOf(...RECIPIENTS),
      title: isText,
      rows: listOf(isReferralRow),
    }),
  ),
});
