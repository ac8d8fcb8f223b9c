/** To whom a case was referred, and the number that each gave. */
import { LONGEST_RECEIPT } from "../../../crypto/card_fields.ts";
import { linesOf, type Referral, recipients, recipientWords, referralsOf } from "../../reports/card_terms.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import type { CardBox } from "./card_box.ts";

export function ReferralsField({ box }: { box: CardBox }) {
  const referrals = referralsOf(box.value("referrals"));
  const change = (changed: readonly Referral[]): void => box.set("referrals", linesOf(changed));
  return (
    <fieldset class="stack" data-part="referrals">
      <legend>{_("Referrals")}</legend>
      {referrals.map(({ to, receipt }, at) => (
        <Field
          key={`${to} ${at}`}
          id={`card-receipt-${at}`}
          label={_("Receipt from %(name)s", { name: recipientWords(to) })}
          hint={_("Empty as long as there is none.")}
          control={(props) => (
            <input
              {...props}
              type="text"
              dir="auto"
              autocomplete="off"
              maxLength={LONGEST_RECEIPT}
              value={receipt}
              onInput={({ currentTarget: { value } }) =>
                change(referrals.map((each, place) => (place === at ? { to, receipt: value } : each)))
              }
            />
          )}
        >
          <Button part="not-referred" onPress={() => change(referrals.filter((_each, place) => place !== at))}>
            {_("Take this referral away")}
          </Button>
        </Field>
      ))}
      <Field
        id="card-referral"
        label={_("Referred to")}
        control={(props) => (
          <select
            {...props}
            autocomplete="off"
            value=""
            onChange={({ currentTarget }) => {
              change([...referrals, { to: currentTarget.value, receipt: "" }]);
              currentTarget.value = "";
            }}
          >
            <option value="">{_("Nobody more")}</option>
            {recipients().map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
        )}
      />
    </fieldset>
  );
}
