import { lengthen } from "../crypto/front_coding.ts";
import { codeToWords } from "../crypto/receipt.ts";
import words from "../crypto/words/en.txt";
import { serveSealer } from "./sealer.ts";

serveSealer((secret) => codeToWords(secret, lengthen(words)));
