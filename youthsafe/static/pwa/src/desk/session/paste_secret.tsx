/** The secret of a link is pasted: it is part of no address, so no browser or mail program keeps it with the pages visited. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { _ } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

export interface PasteSecretProps {
  busy: boolean;
  onSecret: (secret: string) => void;
}

/** 32 bytes in letters, at the end of whatever was copied with them: one line of a browser has no line breaks. */
const SECRET = /(?<![\w-])[\w-]{43}$/;

export function PasteSecret({ busy, onSecret }: PasteSecretProps) {
  const field = useRef<HTMLInputElement>(null);
  const wrong = useSignal("");
  const take = (): void => {
    const pasted = field.current?.value.trim() ?? "";
    const secret = SECRET.exec(pasted)?.[0] ?? "";
    wrong.value = secret ? "" : pasted ? _("This is not all of it. Copy it once more.") : _("Paste the secret first.");
    if (secret) onSecret(secret);
    else field.current?.focus();
  };
  return (
    <form
      class="panel stack"
      data-part="paste"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <Field
        id="secret"
        label={_("The secret that you were given")}
        hint={_(
          "In what you were given it stands below the address. Copy it and paste it here; both together will do.",
        )}
        error={wrong.value}
        control={(props) => <input {...props} ref={field} autocomplete="off" spellcheck={false} dir="ltr" required />}
      />
      <Button kind="primary" sends part="use-secret" busy={busy}>
        {_("Go on")}
      </Button>
    </form>
  );
}
