/** A worker's end of the line: answers each question, and gives a refusal's kind and never its text. */

/** Each takes one question. In this form a type says for itself what it takes. */
type Method = { answer(question: unknown): unknown }["answer"];
export type Methods = Record<string, Method>;

/** Answer by these names; they may raise errors with a `kind`, and a `word` that it is about. */
export function serve(methods: Methods) {
  addEventListener("message", async ({ data: { name, number, question } }) => {
    try {
      postMessage({ number, value: await methods[name]?.(question) });
    } catch (error) {
      const { kind = "sealing", word } = Object(error);
      postMessage({ number, kind, word });
    }
  });
}
