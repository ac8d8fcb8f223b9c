/** Enrolling a second factor anew, after a colleague took the lost one away: nothing else can be done before. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { _ } from "../texts.ts";
import { kindOf, TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Heading } from "../ui/heading.tsx";
import { Notice } from "../ui/notice.tsx";
import { isAppSecret, isPasskeyQuestion, isRecoveryCodes } from "../wire.ts";
import type { Desk } from "./desk.ts";
import { makePasskey } from "./passkeys.ts";
import { type AppSecret, RecoveryCodes, SecondFactorChoice } from "./second_factor.tsx";

interface Troubles {
  page: TroubleError | null;
  code: TroubleError | null;
  passkey: TroubleError | null;
}

const NONE: Troubles = { page: null, code: null, passkey: null };

/** `id` and `name`: of the member who signed in with a colleague's code. */
export function Enrol({ desk, id, name }: { desk: Desk; id: string; name: string }) {
  const app = useSignal<AppSecret | null>(null);
  const codes = useSignal<readonly string[]>([]);
  const busy = useSignal(false);
  const troubles = useSignal<Troubles>(NONE);
  const during = async (place: keyof Troubles, act: () => Promise<void>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    troubles.value = NONE;
    await act().catch((error: unknown) => {
      const trouble = error instanceof TroubleError ? error : new TroubleError(kindOf(error));
      if (trouble.kind === "signed-out") desk.expire();
      else troubles.value = { ...NONE, [place]: trouble };
    });
    busy.value = false;
  };
  useLayoutEffect(() => {
    void during("page", async () => {
      app.value = checked(isAppSecret, await desk.postEnrolling("/account/app"));
    });
  }, []);
  /** The codes are made while the session is fresh. */
  const enrolled = async (): Promise<void> => {
    codes.value = checked(isRecoveryCodes, await desk.postEnrolling("/account/recovery-codes")).codes;
  };
  const byApp = (code: string): Promise<void> =>
    during("code", async () => {
      await desk.postEnrolling("/account/app/confirm", { code });
      await enrolled();
    });
  const byPasskey = (): Promise<void> =>
    during("passkey", async () => {
      const question = checked(isPasskeyQuestion, await desk.postEnrolling("/account/passkeys/question"));
      const { passkey } = await makePasskey(question, { memberId: id, name, label: _("Passkey") });
      await desk.postEnrolling("/account/passkeys", { ...passkey, wrap: null });
      await enrolled();
    });
  const finish = (): Promise<void> => during("page", async () => desk.open(await desk.keyWorker.finishEnrolling()));
  return (
    <section class="sign-in stack">
      <Heading focus>{_("Choose a new second factor")}</Heading>
      <p>
        {_(
          "A colleague took your old one away, so nothing of it counts any more. Nothing else can be done before you have a new one.",
        )}
      </p>
      <Notice kind="warn" alert part="trouble">
        {troubles.value.page && troubleWords(troubles.value.page)}
      </Notice>
      {codes.value.length > 0 ? (
        <RecoveryCodes codes={codes.value} onDone={() => void finish()} />
      ) : (
        app.value && (
          <SecondFactorChoice
            app={app.value}
            busy={busy.value}
            trouble={troubles.value.code}
            passkeyTrouble={troubles.value.passkey}
            onCode={(code) => void byApp(code)}
            onPasskey={() => void byPasskey()}
          />
        )
      )}
    </section>
  );
}

function checked<T>(is: (value: unknown) => value is T, value: unknown): T {
  if (!is(value)) throw new TroubleError("server");
  return value;
}
