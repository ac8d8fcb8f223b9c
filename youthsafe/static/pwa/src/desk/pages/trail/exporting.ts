/** The trail as a table: everything that the member may read, or the chain that was chosen. */
import { type ComponentChild, render } from "preact";
import { isoDay } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { CheckedEntry } from "./checking.ts";
import { chainName, momentOf, told } from "./naming.ts";
import { saveTable } from "./table_file.ts";
import type { TrailShown } from "./trail.ts";
import { sentence } from "./words.tsx";

/** Fetch what is left, and save all of it. */
export async function exportTrail(shown: TrailShown): Promise<void> {
  shown.saved.value = "";
  const entries = await shown.all("export");
  if (!entries) return;
  const name = `trail-${isoDay(Date.now())}.csv`;
  saveTable(name, tableOf(shown, entries));
  shown.saved.value = name;
}

/** What a machine reads stands beside the words: with it, and with the heads, anybody can follow the chains again. */
export function tableOf(shown: TrailShown, entries: readonly CheckedEntry[]): string[][] {
  const heading = [
    _("Entry"),
    _("Time (UTC)"),
    _("Team"),
    _("What was done"),
    _("Report"),
    "action",
    "actor",
    "subject",
    "chain",
    "hash",
    _("Fits"),
  ];
  return [heading, ...entries.map((entry) => rowOf(shown, entry))];
}

function rowOf(shown: TrailShown, entry: CheckedEntry): string[] {
  const names = told(shown, entry);
  return [
    String(entry.number),
    timeOf(entry.at),
    chainName(shown, entry.chain),
    plain(sentence(entry.action, names)),
    plain(names.report),
    entry.action ?? "",
    entry.actor ?? "",
    entry.subject ?? "",
    entry.chain ?? "",
    entry.hash,
    entry.fits ? _("yes") : _("no"),
  ];
}

function timeOf(at: number | null): string {
  const moment = momentOf(at);
  return moment === null ? String(at ?? "") : new Date(moment).toISOString();
}

/** The letters of a text that has places in it. */
function plain(words: ComponentChild): string {
  const place = document.createElement("p");
  render(words, place);
  return place.textContent ?? "";
}
