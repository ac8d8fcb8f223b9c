/** A worker's end of the line: answers each question, and gives a refusal's kind and never its text. */

/** `answers`: by the question's name; may raise errors with a `kind`. */
export function answer(answers: Record<string, (question: any) => unknown>) {
  addEventListener("message", async (event) => {
    const { name, number, ...question } = event.data;
    try {
      postMessage({ number, value: await answers[name]?.(question) });
    } catch (error) {
      const { kind = "sealing", word } = error as { kind?: string; word?: number };
      postMessage({ number, kind, word });
    }
  });
}
