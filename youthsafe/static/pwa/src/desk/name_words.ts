/** What to say of a name that cannot be taken. */
import type { NameFault } from "./names.ts";
import { _ } from "./texts.ts";

const WORDS: Record<NameFault, () => string> = {
  missing: () => _("Write a name."),
  long: () => _("This name is too long."),
  unseen: () => _("There is a sign in this name that cannot be seen. Type the name again."),
};

export const nameFaultWords = (fault: NameFault): string => WORDS[fault]();
