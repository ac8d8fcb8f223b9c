/** Sorted words in fewer bytes: each as the number of letters that it shares with the word before it, and the rest. */

/** `words`: sorted, of small letters, none beginning with nine letters of the one before it. */
export function shorten(words: readonly string[]) {
  return words
    .map((word, at) => {
      const before = words[at - 1] ?? "";
      let shared = 0;
      while (shared < 9 && shared < word.length && word[shared] === before[shared]) shared += 1;
      return shared + word.slice(shared);
    })
    .join("");
}

/** `text`: as `shorten` gave it. */
export function lengthen(text: string): string[] {
  let word = "";
  return [...text.matchAll(/([0-9])([a-z]*)/g)].map(([, shared, rest]) => {
    word = word.slice(0, Number(shared)) + rest;
    return word;
  });
}
