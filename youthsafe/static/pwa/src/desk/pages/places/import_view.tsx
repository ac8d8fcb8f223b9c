/** Choosing a file, the difference before it is saved, and what came of it. */
import { figure } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Table } from "../../ui/table.tsx";
import type { Difference, Refusal } from "../../wire.ts";
import type { FileImport, ImportTrouble, Stage } from "./importing.ts";
import { refusalWords, whereWords } from "./refusal_words.tsx";
import { columnWords, LISTS } from "./words.ts";

export function ImportPanel({ file, onSaved }: { file: FileImport; onSaved: () => void }) {
  const stage = file.stage.value;
  return (
    <section class="panel stack" data-part="import">
      <h2>{_("Import a file")}</h2>
      <Field
        id="places-file"
        label={_("CSV or GeoJSON")}
        hint={_("It is read on this device, and nothing is saved before you have seen what it changes.")}
        control={(props) => (
          <input
            {...props}
            type="file"
            accept=".csv,.geojson,.json,text/csv,application/geo+json"
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen) void file.choose(chosen);
            }}
          />
        )}
      />
      <Notice kind="warn" alert part="import-trouble">
        {file.trouble.value && importTrouble(file.trouble.value)}
      </Notice>
      <Running stage={stage} />
      {(stage.kind === "shown" || stage.kind === "saving") && (
        <DifferenceShown
          difference={stage.difference}
          busy={stage.kind === "saving"}
          onSave={() => void file.save().then(onSaved)}
        />
      )}
    </section>
  );
}

function importTrouble(trouble: ImportTrouble) {
  if (trouble === "empty") return _("There is nothing in this file. Nothing was saved.");
  if (trouble === "large") return _("This file is too large for the desk. Split it. Nothing was saved.");
  if (trouble === "encoding") return _("This file is not UTF-8. Save it again as “CSV UTF-8”. Nothing was saved.");
  if (trouble === "changed") {
    return _("Somebody changed a place in the meantime. Nothing was saved. Look at the difference again.");
  }
  return troubleWords(trouble.kind === "missing" ? "server" : trouble);
}

function Running({ stage }: { stage: Stage }) {
  const steps = stage.kind === "sending" ? { value: stage.done, max: stage.of } : {};
  const runs = stage.kind === "sending" || stage.kind === "comparing" || stage.kind === "saving";
  return (
    <>
      {runs && <progress {...steps} aria-label={_("Import a file")} />}
      <Progress part="import-stage">{runs || stage.kind === "saved" ? stageWords(stage) : ""}</Progress>
    </>
  );
}

function stageWords(stage: Stage) {
  if (stage.kind === "sending") return _("Reading the file…");
  if (stage.kind === "comparing") return _("Comparing it with the list…");
  if (stage.kind === "saving") return _("Saving…");
  if (stage.kind !== "saved") return "";
  return _("Saved. New places: %(new)s. Changed: %(changed)s. Two people must approve each of them.", {
    new: figure(stage.new),
    changed: figure(stage.changed),
  });
}

function DifferenceShown(props: { difference: Difference; busy: boolean; onSave: () => void }) {
  const { difference, busy, onSave } = props;
  if (difference.digest === null) return <ToMend difference={difference} />;
  const nothing = difference.new.length === 0 && difference.changed.length === 0;
  return (
    <div class="stack" data-part="difference">
      {difference.new.length > 0 && <NewOnes difference={difference} />}
      {difference.changed.length > 0 && <ChangedOnes difference={difference} />}
      {difference.gone.length > 0 && <GoneOnes difference={difference} />}
      <p>{_("The same as before: %(count)s", { count: figure(difference.same) })}</p>
      {nothing ? (
        <p data-part="nothing">{_("This file changes nothing.")}</p>
      ) : (
        <>
          <p class="hint">
            {_("There is no undo. To go back, import the file from before, or change a place by hand.")}
          </p>
          <Button kind="primary" part="save-import" busy={busy} onPress={onSave}>
            {_("Save these changes")}
          </Button>
        </>
      )}
    </div>
  );
}

export function Refusals({ refusals, unit }: { refusals: readonly Refusal[]; unit: Difference["unit"] | null }) {
  return (
    <ul data-part="refusals">
      {refusals.map(({ line, field, what, fix }) => (
        <li key={`${line} ${field} ${what}`}>
          <strong>
            {whereWords(unit, line)} <bdi dir="ltr">{field}</bdi>
          </strong>{" "}
          {refusalWords(what)}: {refusalWords(fix)}
        </li>
      ))}
    </ul>
  );
}

function ToMend({ difference: { refusals, refused, unit } }: { difference: Difference }) {
  return (
    <div class="stack" data-part="to-mend">
      <p>
        <strong>{_("Nothing was saved. To mend in the file: %(count)s", { count: figure(refused) })}</strong>
      </p>
      <Refusals refusals={refusals} unit={unit} />
    </div>
  );
}

function NewOnes({ difference }: { difference: Difference }) {
  return (
    <div class="wide-table">
      <Table
        caption={_("New: %(count)s", { count: figure(difference.new.length) })}
        columns={[_("Name of the place"), _("Address")]}
        rows={difference.new.map(({ name, address }) => ({
          key: `${name} ${address}`,
          heading: name,
          cells: [address],
        }))}
      />
    </div>
  );
}

function ChangedOnes({ difference }: { difference: Difference }) {
  return (
    <div class="wide-table">
      <Table
        caption={_("Changed: %(count)s. They must be approved again.", { count: figure(difference.changed.length) })}
        columns={[_("Name of the place"), _("Detail"), _("Before"), _("In the file")]}
        rows={difference.changed.flatMap(({ id, name, was, columns }) =>
          columns.map(({ column, old, new: now }) => ({
            key: `${id} ${column}`,
            heading: was === "active" ? _("%(name)s: leaves the list until it is approved again", { name }) : name,
            cells: [columnWords(column), <del>{old || "–"}</del>, <ins>{now || "–"}</ins>],
          })),
        )}
      />
    </div>
  );
}

function GoneOnes({ difference }: { difference: Difference }) {
  return (
    <div class="wide-table">
      <Table
        caption={_("Not in the file: %(count)s. They stay as they are.", { count: figure(difference.gone.length) })}
        columns={[_("Name of the place"), _("Where it is")]}
        rows={difference.gone.map(({ id, name, status }) => ({ key: id, heading: name, cells: [LISTS[status]()] }))}
      />
    </div>
  );
}
