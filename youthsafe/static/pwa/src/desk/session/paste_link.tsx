/** A link that is pasted: a browser lists no secret among the addresses that were visited, as it does for a link that is followed. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { _ } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

export interface PasteLinkProps {
  busy: boolean;
  /** Is given what follows the `#`. */
  onLink: (fragment: string) => void;
}

/** What follows the `#` of a link; of a text without one, all of it. */
const fragmentOf = (link: string): string => link.trim().split("#").at(-1) ?? "";

export function PasteLink({ busy, onLink }: PasteLinkProps) {
  const field = useRef<HTMLInputElement>(null);
  const isMissing = useSignal(false);
  return (
    <form
      class="panel stack"
      data-part="paste"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        const fragment = fragmentOf(field.current?.value ?? "");
        isMissing.value = fragment === "";
        if (isMissing.value) field.current?.focus();
        else onLink(fragment);
      }}
    >
      <Field
        id="link"
        label={_("The link that you were given")}
        hint={_("Copy all of it and paste it here. Pasted, it is not in this browser's list of visited addresses.")}
        error={isMissing.value && _("Paste the link first.")}
        control={(props) => <input {...props} ref={field} autocomplete="off" spellcheck={false} dir="ltr" required />}
      />
      <Button kind="primary" sends part="use-link" busy={busy}>
        {_("Use the link")}
      </Button>
    </form>
  );
}
