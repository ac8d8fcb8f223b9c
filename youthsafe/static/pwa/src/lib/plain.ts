/**
 * Only what is heard: small letters, no accents, no marks, every letter once where it is doubled, one space between
 * words.
 */
export function plain(text: string) {
  return text
    .normalize("NFKD")
    .replace(/[\p{Script=Inherited}\u0640'’‘`´]/gu, "")
    .toLowerCase()
    .replaceAll("ł", "l")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه")
    .replace(/(\p{L})\1+/gu, "$1")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}
