import { serveSealer } from "./sealer.ts";

serveSealer(null);
