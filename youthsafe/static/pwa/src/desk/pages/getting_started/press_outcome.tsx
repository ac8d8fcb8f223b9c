/** What came of a press, beside what was pressed. */
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Notice } from "../../ui/notice.tsx";
import type { Place, SetUpProgress } from "./progress.ts";

export function SaidOfPress({ progress, place }: { progress: SetUpProgress; place: Place }) {
  const pressed = progress.pressed.value?.place === place ? progress.pressed.value.outcome : null;
  return (
    <>
      <p role="status" data-part="outcome">
        {pressed === "saved" && _("Saved.")}
        {pressed === "team-made" &&
          _("The team is there, and its reports open for you. Add its other people, and say when it reads.")}
        {pressed === "opened" && _("The form is open. Pupils can send from now on.")}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {pressed === "unfinished" && _("Nothing was changed, because something is not done yet. Look at the list.")}
        {pressed !== null && typeof pressed === "object" && troubleWords(pressed)}
      </Notice>
    </>
  );
}
