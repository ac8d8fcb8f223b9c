/** A table with a caption and a heading for each column and row. */
import type { ComponentChild, ComponentChildren } from "preact";

export interface TableRow {
  key: string;
  heading: ComponentChild;
  cells: readonly ComponentChild[];
}

/** The first column is that of the rows' headings. */
export interface TableProps {
  caption: ComponentChildren;
  columns: readonly string[];
  rows: readonly TableRow[];
}

export function Table({ caption, columns, rows }: TableProps) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, heading, cells }) => (
          <tr key={key}>
            <th scope="row">{heading}</th>
            {columns.slice(1).map((column, at) => (
              <td key={column}>{cells[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
