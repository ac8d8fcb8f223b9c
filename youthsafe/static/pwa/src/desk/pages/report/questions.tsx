/** What is asked before a report is closed, or opened again that another had claimed. */
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";
import { Notice } from "../../ui/notice.tsx";

/** `unsent`: whether an answer would be thrown away. */
export const confirmClose = (unsent: boolean): Question => ({
  name: "confirm-close",
  title: _("Close this report?"),
  body: (
    <>
      <p>{_("It moves to the closed reports. The person can still read your answers, and you can open it again.")}</p>
      {unsent && (
        <Notice kind="warn" part="unsent">
          {_("You have an answer that has not been sent. Closing throws it away.")}
        </Notice>
      )}
    </>
  ),
  no: _("Keep it open"),
  yes: _("Close report"),
});

/** `name`: of whoever had claimed it. */
export const confirmReopen = (name: string): Question => ({
  name: "confirm-reopen",
  title: _("Open this report again?"),
  body: (
    <p>
      {_("%(name)s had claimed it when it was closed. Opened again, it is claimed by you, and no longer by them.", {
        name,
      })}
    </p>
  ),
  no: _("Keep it closed"),
  yes: _("Open again"),
});
