import words from "../crypto/words/en.txt";
import { serveSealer } from "./sealer.ts";

serveSealer(words);
