/**
 * What is to mend in a file, in the reader's language. The server says it in English, as the command line does; what quotes something of
 * the file stays so.
 */
import type { VNode } from "preact";
import { figure } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { Difference } from "../../wire.ts";

const WORDS: Record<string, () => string> = {
  "there is no place in this file": () => _("there is no place in this file"),
  "this column is missing": () => _("this column is missing"),
  "there is no such column": () => _("there is no such column"),
  "this column is there twice": () => _("this column is there twice"),
  "this place is outside the borough": () => _("this place is outside the borough"),
  "a spreadsheet would run this as a formula": () => _("a spreadsheet would run this as a formula"),
  "there is a character that cannot be seen": () => _("there is a character that cannot be seen"),
  "some letters were damaged by a wrong encoding": () => _("some letters were damaged by a wrong encoding"),
  "this is empty": () => _("this is empty"),
  "this is not a number of degrees": () => _("this is not a number of degrees"),
  "the file is empty": () => _("the file is empty"),
  "give at least one": () => _("give at least one"),
  "keep one of them": () => _("keep one of them"),
  "add it; cells may be empty where a value is not known": () =>
    _("add it; cells may be empty where a value is not known"),
  "remove one": () => _("remove one"),
  "begin with a letter or a digit": () => _("begin with a letter or a digit"),
  "type the text again, in one line": () => _("type the text again, in one line"),
  "save the file again as “CSV UTF-8”": () => _("save the file again as “CSV UTF-8”"),
  "every place needs it": () => _("every place needs it"),
  "write it like 51.4452 or -0.0208": () => _("write it like 51.4452 or -0.0208"),
  "write mon-fri 09:00-17:30; sat 10:00-16:00; 2026-12-25 closed": () =>
    _("write mon-fri 09:00-17:30; sat 10:00-16:00; 2026-12-25 closed"),
  "write yes or no, or leave it empty where nobody knows": () =>
    _("write yes or no, or leave it empty where nobody knows"),
  "write tags such as en pl so, with spaces between them": () =>
    _("write tags such as en pl so, with spaces between them"),
  "write it like 2026-11-23": () => _("write it like 2026-11-23"),
  "check the year": () => _("check the year"),
  "lat and lon are the wrong way round": () => _("lat and lon are the wrong way round"),
  "look the address up again": () => _("look the address up again"),
  "split the file": () => _("split the file"),
  "give a first line with the names of columns": () => _("give a first line with the names of columns"),
  "put texts that hold a comma in double quotes": () => _("put texts that hold a comma in double quotes"),
  "close every double quote, and write one inside a text twice": () =>
    _("close every double quote, and write one inside a text twice"),
  "write safe-haven or hate-crime-site": () => _("write safe-haven or hate-crime-site"),
};

export function refusalWords(english: string): string | VNode {
  const known = WORDS[english];
  return known ? (
    known()
  ) : (
    <span lang="en" dir="ltr">
      {english}
    </span>
  );
}

/** `line` counts lines or the places of a file, from 1; 0 is the whole. */
export function whereWords(unit: Difference["unit"] | null, line: number): string | VNode {
  if (unit === null || line === 0) return "";
  return unit === "line"
    ? _("Line %(number)s", { number: figure(line) })
    : _("Place %(number)s", { number: figure(line) });
}
