/** Whom and what the team named of a report, and the other reports of the last days that name the same. */
import { useEffect, useState } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import { DAYS, namedIn, type SameName } from "../../reports/same_names.ts";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { reportAddress } from "./address.ts";
import { faultOf } from "./card_said.tsx";
import type { OneReport } from "./one_report.ts";

export function NamingField({ desk, one }: { desk: Desk; one: OneReport }) {
  const { card, naming } = one;
  const { named } = naming;
  const [typed, setTyped] = useState(named);
  useEffect(() => void naming.look(), [named === ""]);
  return (
    <Field
      id="card-named"
      label={_("People, places or accounts")}
      hint={_("One on each line. Your desk then shows where the same name comes again.")}
      error={faultOf(card, "card", "named")}
      control={(props) => (
        <textarea
          {...props}
          rows={2}
          dir="auto"
          autocomplete="off"
          value={namedIn(typed) === named ? typed : named}
          onInput={({ currentTarget: { value } }) => {
            setTyped(value);
            card.set("named", namedIn(value));
          }}
        />
      )}
    >
      {!one.isFirstLook && <Found desk={desk} found={naming.found.value} />}
      <Notice kind="warn" part="naming-trouble">
        {naming.trouble.value && troubleWords(naming.trouble.value)}
      </Notice>
    </Field>
  );
}

function Found({ desk, found }: { desk: Desk; found: readonly SameName[] }) {
  if (found.length === 0) return null;
  return (
    <div class="stack" data-part="same-names">
      <p>{_("Named in other reports of the last %(days)s days too:", { days: figure(DAYS) })}</p>
      <ul>
        {found.map(({ name, others }) => (
          <li key={name}>
            <bdi>{name}</bdi>:{" "}
            {others.map(({ id, number }) => (
              <a key={id} class="row-link" href={desk.address(reportAddress(id))}>
                <bdi>{number}</bdi>
              </a>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Once enough reports name the same. */
export function Pattern({ one }: { one: OneReport }) {
  const { pattern } = one.naming;
  if (pattern === 0 || one.isFirstLook) return null;
  return (
    <p class="row-head" data-part="pattern">
      <Badge kind="warn">
        {_("Reports of the last %(days)s days that name the same: %(number)s", {
          number: figure(pattern),
          days: figure(DAYS),
        })}
      </Badge>
    </p>
  );
}
