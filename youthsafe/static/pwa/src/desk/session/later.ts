/** Parts of the desk that are got when they are first needed, so that its first page is light. */
import { TroubleError } from "../trouble.ts";

/** The part; throws TroubleError `offline` where it could not be got, before anything of it was done. */
export function later<T>(part: Promise<T>): Promise<T> {
  return part.catch(() => {
    throw new TroubleError("offline");
  });
}
