/** Where a page to refer a case is filled, and below it the page itself as it is printed. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { languageName } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { OneReport } from "./one_report.ts";
import type { ReferralForm } from "./referral_forms.ts";
import { ReferralSheet } from "./referral_sheet.tsx";
import type { Referring } from "./referring.ts";

export function ReferringView({ one, member }: { one: OneReport; member: string }) {
  const { referring } = one;
  const { forms, form, trouble, away } = referring;
  useLayoutEffect(() => referring.resume(), []);
  return (
    <section class="panel stack" aria-labelledby="referring-title" data-part="referring">
      <h2 id="referring-title">{_("Page to refer the case")}</h2>
      <Notice kind="warn" alert part="referring-trouble">
        {trouble.value && troubleWords(trouble.value)}
      </Notice>
      {forms.value === null && (
        <p class="actions">
          <Button part="refer" onPress={() => void referring.begin()}>
            {_("Make a page to print or copy")}
          </Button>
          <Button part="bring-back" hidden={!away.value} onPress={() => referring.bringBack()}>
            {_("Bring it back")}
          </Button>
        </p>
      )}
      {forms.value !== null && forms.value.length === 0 && (
        <p>{_("This site’s content has no pages for referrals.")}</p>
      )}
      {forms.value !== null && forms.value.length > 0 && <Chosen referring={referring} forms={forms.value} />}
      {form.value && one.isFirstLook && (
        <p class="hint" data-part="level-first">
          {_("Choose the level on the case card first: this page shows everything.")}
        </p>
      )}
      {form.value && !one.isFirstLook && <Filled one={one} form={form.value} member={member} />}
    </section>
  );
}

function Chosen({ referring, forms }: { referring: Referring; forms: readonly ReferralForm[] }) {
  const { language } = referring;
  const other = document.documentElement.lang !== language.value;
  return (
    <>
      <p class="hint">
        {_(
          "It is made in this browser and sent nowhere. What you type is kept for you here until you put the page away.",
        )}
      </p>
      <Notice part="referring-language">
        {other &&
          _("Those who get it read %(language)s. Choose that language above first, so that the whole page is in it.", {
            language: languageName(language.value),
          })}
      </Notice>
      <Field
        id="referral-to"
        label={_("To whom")}
        control={(props) => (
          <select
            {...props}
            autocomplete="off"
            value={referring.form.value?.to ?? ""}
            onChange={({ currentTarget }) => referring.choose(currentTarget.value)}
          >
            <option value="">{_("Nobody yet")}</option>
            {forms.map(({ to, title }) => (
              <option key={to} value={to} lang={language.value}>
                {title}
              </option>
            ))}
          </select>
        )}
      />
    </>
  );
}

// biome-ignore lint/performance/useDomNodeTextContent: with its lines as they stand on the page, which textContent has not
const linesOf = (sheet: HTMLElement | null): string => sheet?.innerText ?? "";

function Filled({ one, form, member }: { one: OneReport; form: ReferralForm; member: string }) {
  const { referring } = one;
  const sheet = useRef<HTMLElement>(null);
  const { language, typed, copied } = referring;
  return (
    <>
      {form.rows.map(
        ({ label, says }, at) =>
          says === null && (
            <Field
              key={label}
              id={`referral-${at}`}
              label={<bdi lang={language.value}>{label}</bdi>}
              control={(props) => (
                <textarea
                  {...props}
                  rows={2}
                  dir="auto"
                  autocomplete="off"
                  value={typed.value[label] ?? ""}
                  onInput={({ currentTarget }) => referring.type(label, currentTarget.value)}
                />
              )}
            />
          ),
      )}
      <ReferralSheet one={one} form={form} member={member} sheet={sheet} />
      <p class="actions">
        <Button kind="primary" part="print-referral" onPress={() => print()}>
          {_("Print the page")}
        </Button>
        <Button part="copy-referral" onPress={() => void referring.copy(linesOf(sheet.current))}>
          {_("Copy it as text")}
        </Button>
        <Button part="end-referral" onPress={() => referring.putAway()}>
          {_("Put the page away")}
        </Button>
      </p>
      <p role="status" data-part="copied">
        {copied.value === true && _("Copied. Paste it where it is to go, and copy something else afterwards.")}
        {copied.value === false && _("This browser does not let us copy. Mark the page and copy it by hand.")}
      </p>
      <p class="hint">
        {_(
          "When it has gone, choose the same under “Referrals” on the case card. Write the number of their receipt there as soon as you have it.",
        )}
      </p>
    </>
  );
}
