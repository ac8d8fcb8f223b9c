/** The Latin letter of a key, on keyboards of other scripts too; any other key by its own name. */
export function letterOf({ key, code }: { key: string; code: string }): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(-1).toLowerCase() : key;
}
