/**
 * Sorted words in fewer bytes: from their ends, because more words end alike than begin so. Each as the number of letters that it shares with the
 * one before it in that order, and the rest.
 */

const turned = (word: string) => [...word].reverse().join("");

/** `words`: sorted, of small letters. */
export function shorten(words: readonly string[]) {
  let before = "";
  return words
    .map(turned)
    .sort()
    .map((word) => {
      let shared = 0;
      while (shared < 9 && shared < word.length && word[shared] === before[shared]) shared += 1;
      before = word;
      return shared + word.slice(shared);
    })
    .join("");
}

/** The words that `shorten` was given. */
export function lengthen(text: string): string[] {
  let word = "";
  const words = [...text.matchAll(/([0-9])([a-z]*)/g)].map(([, shared, rest]) => {
    word = word.slice(0, Number(shared)) + rest;
    return turned(word);
  });
  return words.sort();
}
