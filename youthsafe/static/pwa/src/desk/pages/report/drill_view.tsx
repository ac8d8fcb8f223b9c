/** A drill that was opened: that it was one, and the one press that ends it. */
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { OneReport } from "./one_report.ts";

export function DrillView({ one }: { one: OneReport }) {
  return (
    <div class="stack" data-part="body">
      <Notice kind="ok" part="drill">
        <strong>{_("This was a drill.")}</strong>{" "}
        {_("The website made it, to see how soon a message is opened. No child wrote it, and there is nothing to do.")}
      </Notice>
      <p class="actions">
        <Button kind="primary" part="drill-done" busy={one.finishing.value} onPress={() => void one.finishDrill()}>
          {_("Done")}
        </Button>
      </p>
    </div>
  );
}
