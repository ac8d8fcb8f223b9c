/** A worker's end of the line: answers each question, and gives a refusal's kind and never its text. */

/**
 * @param {Record<string, (question: any) => unknown>} answers  by the question's name; may raise errors with a `kind`
 */
export function answer(answers) {
  addEventListener('message', async (event) => {
    const { name, number, ...question } = event.data;
    try {
      postMessage({ number, value: await answers[name](question) });
    } catch (error) {
      const { kind = 'sealing', word } = /** @type {{kind?: string, word?: number}} */ (error);
      postMessage({ number, kind, word });
    }
  });
}
