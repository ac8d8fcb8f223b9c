/** Making a new recovery kit: on paper and checked, before the old one dies. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { KitCheck } from "../../ceremony/kit_check.ts";
import { KitStep, type PaperKit } from "../../ceremony/kit_sheet.tsx";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import type { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";

export function View({ desk }: PageProps) {
  const [kit, changesRoot, done] = [useSignal<PaperKit | null>(null), useSignal(false), useSignal(false)];
  const [busy, trouble] = [useSignal(false), useSignal<TroubleError | null>(null)];
  const check = useMemo(() => new KitCheck(), []);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    trouble.value = null;
    await act().catch((error: unknown) => {
      trouble.value = desk.troubleOf(error);
    });
    busy.value = false;
  };
  const make = async (): Promise<void> => {
    kit.value = await desk.newKit();
  };
  const sign = async (words: readonly string[]): Promise<void> => {
    if (!check.check(words)) return;
    await desk.renewKit({ changesRoot: changesRoot.value });
    kit.value = null;
    done.value = true;
  };
  const made = kit.value;
  return (
    <section class="stack ceremony">
      <Heading focus={desk.focuses}>{_("New recovery kit")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {trouble.value && troubleWords(trouble.value)}
      </Notice>
      <Progress part="progress">{busy.value && _("Making the keys. This takes a few seconds.")}</Progress>
      {done.value && (
        <Notice kind="ok" alert part="done">
          {_("The new kit holds. The old one is dead: destroy it.")}
        </Notice>
      )}
      {!done.value && !made && (
        <Why
          changesRoot={changesRoot.value}
          onChange={(on) => {
            changesRoot.value = on;
          }}
          onMake={() => void attempt(make)}
        />
      )}
      {made && <KitStep kit={made} check={check} onCheck={() => void attempt(() => sign(made.words))} />}
    </section>
  );
}

interface WhyProps {
  changesRoot: boolean;
  onChange: (on: boolean) => void;
  onMake: () => void;
}

function Why({ changesRoot, onChange, onMake }: WhyProps) {
  return (
    <div class="stack">
      <p>
        {_(
          "Make a new kit when somebody may have seen the old one, or when it is lost. Every team gets a new key; old reports open as before. There is no undo.",
        )}
      </p>
      <label class="choice">
        <input
          type="checkbox"
          data-part="changes-root"
          autocomplete="off"
          checked={changesRoot}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />{" "}
        <span>
          {_("Change the root too")}
          <small>
            {_(
              "Only when somebody may have both the old kit and a copy of the database. Phones and desks follow, and say that it changed. Printed sheets with its code must be made anew.",
            )}
          </small>
        </span>
      </label>
      <p>{_("Nothing is sent before three words of the new kit were typed from the paper.")}</p>
      <p>
        <Button kind="primary" part="make" onPress={onMake}>
          {_("Make the new kit")}
        </Button>
      </p>
    </div>
  );
}
