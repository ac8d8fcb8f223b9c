/** Lets the newest question win: an answer, or an error, that comes after a newer question was asked is dropped. */
export class Newest {
  #asked = 0;

  /** Ask, and give the answer to `take`; resolves to whether it was taken. An error of the newest question is thrown. */
  async ask<T>(question: () => Promise<T>, take: (answer: T) => void): Promise<boolean> {
    this.#asked += 1;
    const mine = this.#asked;
    const found = await question().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if (mine !== this.#asked) return false;
    if ("error" in found) throw found.error;
    take(found.answer);
    return true;
  }
}
