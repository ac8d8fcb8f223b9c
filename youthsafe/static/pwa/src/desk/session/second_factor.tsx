/** Choosing a second factor, and the ten recovery codes: the same when somebody joins, enrols anew or adds one. */
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { _ } from "../texts.ts";
import { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { QrCode } from "../ui/qr_code.tsx";
import { canUsePasskeys } from "./passkeys.ts";

const SIX_DIGITS = /^[0-9]{6}$/;
const IN_GROUPS = /.{1,4}/g;

/** As the server gives it: in base32, and as the address that an app reads. */
export interface AppSecret {
  secret: string;
  address: string;
}

export interface AppSetUpProps {
  app: AppSecret;
  busy: boolean;
  /** What is wrong with the code. */
  trouble: TroubleError | null;
  onCode: (code: string) => void;
  /** Where an app need not be set up now. */
  onLeave?: () => void;
}

/** The secret as a picture and as text, and a field for the first code. */
export function AppSetUp({ app, busy, trouble, onCode, onLeave }: AppSetUpProps) {
  const code = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<TroubleError | null>(null);
  const wrong = missing ?? trouble;
  return (
    <form
      class="stack"
      data-part="app"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        const typed = code.current?.value.replace(/\s/g, "") ?? "";
        const right = SIX_DIGITS.test(typed);
        setMissing(right ? null : new TroubleError("code"));
        if (right && !busy) onCode(typed);
      }}
    >
      <p>{_("Open the app that makes codes on your phone, and let it look at this picture.")}</p>
      <QrCode text={app.address} label={_("The secret for your app, as a picture")} />
      <p>
        {_("Or type this into the app:")}{" "}
        <code dir="ltr" translate={false}>
          {app.secret.match(IN_GROUPS)?.join(" ")}
        </code>
      </p>
      <Field
        id="app-code"
        label={_("The six digits that the app shows now")}
        error={wrong && wordsOfCode(wrong)}
        control={(props) => (
          <input {...props} ref={code} inputMode="numeric" autocomplete="one-time-code" dir="ltr" required />
        )}
      />
      <div class="actions">
        <Button kind="primary" sends busy={busy}>
          {_("Use this app")}
        </Button>
        {onLeave && (
          <Button kind="quiet" part="leave-app" onPress={onLeave}>
            {_("Change nothing")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Where only an app's code counts. */
export const SIX_DIGITS_WANTED = (): string => _("Write the six digits that the app shows now.");

function wordsOfCode(trouble: TroubleError) {
  if (trouble.kind === "code") return SIX_DIGITS_WANTED();
  return trouble.kind === "invalid"
    ? _("This code is not right. Nothing was saved. Wait for the next one, then try again.")
    : troubleWords(trouble);
}

export interface SecondFactorChoiceProps extends AppSetUpProps {
  /** What is wrong with a passkey. */
  passkeyTrouble: TroubleError | null;
  onPasskey: () => void;
}

/** An app or a passkey; where the browser knows no passkeys it is said. */
export function SecondFactorChoice({ passkeyTrouble, onPasskey, ...app }: SecondFactorChoiceProps) {
  return (
    <>
      <section class="panel stack">
        <h2>{_("With a passkey")}</h2>
        <p>
          {canUsePasskeys()
            ? _("Your phone, your computer or a security key asks for your finger, your face or a PIN.")
            : _("This browser knows no passkeys. Use an app.")}
        </p>
        <Notice kind="warn" alert part="passkey-trouble">
          {passkeyTrouble && troubleWords(passkeyTrouble)}
        </Notice>
        <Button kind="primary" part="make-passkey" busy={app.busy} hidden={!canUsePasskeys()} onPress={onPasskey}>
          {_("Make a passkey")}
        </Button>
      </section>
      <section class="panel stack">
        <h2>{_("With an app that makes codes")}</h2>
        <AppSetUp {...app} />
      </section>
    </>
  );
}

export interface RecoveryCodesProps {
  codes: readonly string[];
  onDone: () => void;
  children?: ComponentChildren;
}

/** Shown this once. */
export function RecoveryCodes({ codes, onDone, children }: RecoveryCodesProps) {
  return (
    <section class="panel paper" data-part="recovery-codes">
      <h2>{_("Your ten recovery codes")}</h2>
      <p>
        {_(
          "Each stands for your second factor once, when your phone is lost. Write them down or print them now: they are shown only this once.",
        )}
      </p>
      <ul class="codes" dir="ltr" translate={false}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      {children}
      <div class="actions">
        <Button part="print" onPress={() => print()}>
          {_("Print")}
        </Button>
        <Button kind="primary" part="have-codes" onPress={onDone}>
          {_("I have them")}
        </Button>
      </div>
    </section>
  );
}
