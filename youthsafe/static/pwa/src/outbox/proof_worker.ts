/** The worker that does the work a server asks for, so that the page stays quick. Fetched only when it is asked for. */
import { serve } from "../lib/worker_server.ts";
import { solve } from "./proof_of_work.ts";

const methods = { solve };
export type ProofWorker = typeof methods;
serve(methods);
