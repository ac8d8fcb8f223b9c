/** Looking an answer up among those of a report. */
import type { OpenedAnswer } from "./opening.ts";

/** What was answered to a question; empty where it was passed over. */
export const textOf = (answers: readonly OpenedAnswer[], field: number): string =>
  answers.find((answer) => answer.field === field)?.text ?? "";
