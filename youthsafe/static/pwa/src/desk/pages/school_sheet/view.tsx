/** The sheet for schools. Its pin comes from the key worker, which knows it from the member's own words, and not from the server. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps, Shown } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import type { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { QrCode } from "../../ui/qr_code.tsx";

/** `locale`: of the page that the code opens. */
export const pinnedAddress = (origin: string, locale: string, pin: string): string =>
  `${origin}/${locale}/report/#k=${pin}`;

export function View({ desk }: PageProps) {
  const [pin, trouble] = [useSignal(""), useSignal<TroubleError | null>(null)];
  const school = useSignal("");
  const shown: Shown = useMemo(() => ({ refresh: () => look(desk, pin, trouble) }), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  return (
    <section class="stack ceremony">
      <Heading focus={desk.focuses}>{_("Sheet for schools")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <div class="stack">
        <p>
          {_(
            "Whoever scans the code has a phone that knows the real site from then on: if somebody puts another in its place, the phone says so and sends nothing.",
          )}
        </p>
        <Field
          id="school"
          label={_("School")}
          hint={_(
            "It stands on the sheet only. The code is the same for every school and tells nobody where it was scanned.",
          )}
          control={(props) => (
            <input
              {...props}
              value={school.value}
              onInput={({ currentTarget }) => {
                school.value = currentTarget.value;
              }}
              maxLength={80}
              autocomplete="off"
              dir="auto"
            />
          )}
        />
        <Notice kind="warn" part="trouble">
          {trouble.value && troubleWords(trouble.value)}
        </Notice>
        <p>
          <Button kind="primary" part="print" hidden={!pin.value} onPress={() => print()}>
            {_("Print the sheet")}
          </Button>
        </p>
      </div>
      {pin.value && (
        <Sheet school={school.value.trim()} address={pinnedAddress(location.origin, localeOf(desk), pin.value)} />
      )}
    </section>
  );
}

const localeOf = ({ base }: Desk): string => base.split("/").at(-2) ?? "en";

async function look(desk: Desk, pin: { value: string }, trouble: { value: TroubleError | null }): Promise<void> {
  try {
    pin.value = await desk.pin();
    trouble.value = null;
  } catch (error) {
    trouble.value = desk.troubleOf(error);
  }
}

/** What is printed, in words for pupils. */
function Sheet({ school, address }: { school: string; address: string }) {
  return (
    <article class="paper poster-sheet panel" data-part="sheet">
      {school && (
        <p class="poster-school" data-part="sheet-school">
          <bdi>{school}</bdi>
        </p>
      )}
      <h2>{_("Worried about something?")}</h2>
      <p>{_("Tell us. Trained adults read it. You do not need to give your name.")}</p>
      <QrCode text={address} label={_("A code that opens the form")} />
      <p class="kit-line" dir="ltr">
        {address.split("#")[0]}
      </p>
      <p>
        {_(
          "Scan this code the first time, and your phone remembers which site is the real one. If the page ever says “This page is not the one you knew”, do not write there. Tell a teacher or a youth worker.",
        )}
      </p>
      <p>
        <strong>{_("In danger now? Call 999. To talk: Childline, 0800 1111.")}</strong>
      </p>
    </article>
  );
}
