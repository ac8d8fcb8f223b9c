/** The work that everybody is asked for, and the form that raises it: for this page and for Settings. */
import { useRef } from "preact/hooks";
import type { WorkAsked } from "../../../generated/api.ts";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

const HOURS = [1, 3, 6, 12, 24];

/** `asked`: null before it is known. */
export interface WorkPanelProps {
  asked: WorkAsked | null;
  mayChange: boolean;
  onRaise: (step: number, hours: number) => void;
  onEnd: () => void;
}

export function WorkPanel({ asked, mayChange, onRaise, onEnd }: WorkPanelProps) {
  return (
    <>
      <p>
        {_(
          "Each phone does a little work before it sends. A higher step slows a flood down, and old phones a little: step 4 takes them about twenty seconds.",
        )}
      </p>
      <p data-part="work">{asked && words(asked)}</p>
      {mayChange && asked && <WorkForm asked={asked} onRaise={onRaise} onEnd={onEnd} />}
    </>
  );
}

function words({ work }: WorkAsked) {
  if (!work) return _("No more than usual is asked at the moment.");
  return _("Step %(step)s is asked of everybody until %(time)s.", {
    step: figure(work.step),
    time: dayAndTime(Date.parse(work.until)),
  });
}

type WorkFormProps = Pick<WorkPanelProps, "onRaise" | "onEnd"> & { asked: WorkAsked };

function WorkForm({ asked, onRaise, onEnd }: WorkFormProps) {
  const [step, hours] = [useRef<HTMLSelectElement>(null), useRef<HTMLSelectElement>(null)];
  const steps = Array.from({ length: asked.highest }, (_each, index) => index + 1);
  return (
    <form
      class="actions"
      data-part="raise"
      onSubmit={(event) => {
        event.preventDefault();
        onRaise(Number(step.current?.value), Number(hours.current?.value));
      }}
    >
      <Field
        id="work-step"
        label={_("Step of work")}
        control={(props) => (
          <select {...props} ref={step} data-part="step" autocomplete="off">
            {steps.map((each) => (
              <option key={each} value={each}>
                {figure(each)}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        id="work-hours"
        label={_("For how many hours")}
        control={(props) => (
          <select {...props} ref={hours} data-part="hours" autocomplete="off">
            {HOURS.map((each) => (
              <option key={each} value={each}>
                {figure(each)}
              </option>
            ))}
          </select>
        )}
      />
      <Button kind="primary" sends>
        {_("Ask for it")}
      </Button>
      <Button part="end" hidden={asked.work === null} onPress={onEnd}>
        {_("End it now")}
      </Button>
    </form>
  );
}
