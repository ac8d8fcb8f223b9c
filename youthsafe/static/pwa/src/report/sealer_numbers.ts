import { codeToNumbers } from "../crypto/receipt.ts";
import { serveSealer } from "./sealer.ts";

serveSealer(codeToNumbers);
