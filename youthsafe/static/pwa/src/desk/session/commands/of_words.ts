/** In the key worker: all that only the handling of words needs. It is large, and comes in a file of its own once somebody gives or gets words. */
export { stretchPassphrase } from "../../../crypto/stretching.ts";
export { wordList } from "../../../crypto/words.ts";
