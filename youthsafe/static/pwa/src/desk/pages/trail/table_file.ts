/** A table as a file (RFC 4180), made in the browser. */

const FORMULA = /^[=+\-@\t\r]/;

/** A spreadsheet would reckon with a cell that begins so; the quote before it is what such programs read as text. */
const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** With a byte order mark, without which Excel takes UTF-8 for something else. */
export const tableText = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

/** Hand it to the browser as a download; nothing leaves the machine. */
export function saveTable(name: string, rows: readonly (readonly string[])[]): void {
  const address = URL.createObjectURL(new Blob([tableText(rows)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers begin to read it later
}
