/** The rule for names that the server holds to as well (accounts/names.py): what nobody can see, nobody can type again at the sign-in. */

/** `missing`: no letter and no digit; `unseen`: something in it shows nothing. */
export type NameFault = "missing" | "long" | "unseen";

const LONGEST = 80; // bytes, as the signed lists count
const LONGEST_COMPARED = 160; // letters
const JOINERS = /([\u0590-\u1fff])[\u200c\u200d](?=[\u0590-\u1fff])/gu; // Persian and Indian scripts need them
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/u;

/** A name as it is compared. */
export const compared = (name: string): string => name.replace(JOINERS, "$1").normalize("NFKC").toLowerCase();

/** What is wrong with a name that was typed, without the blanks around it. */
export function nameFault(name: string): NameFault | null {
  const shown = name.replace(JOINERS, "$1");
  if (UNSEEN.test(shown)) return "unseen";
  if (!/[\p{L}\p{N}]/u.test(shown)) return "missing";
  const isLong = new TextEncoder().encode(name).length > LONGEST || [...compared(name)].length > LONGEST_COMPARED;
  return isLong ? "long" : null;
}
