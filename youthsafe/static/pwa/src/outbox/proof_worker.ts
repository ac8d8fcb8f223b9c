/** The worker that does the work a server asks for, so that the page stays quick. Fetched only when it is asked for. */
import { answer } from "../lib/worker_server.ts";
import type { Challenge } from "./proof_of_work.ts";
import { solve } from "./proof_of_work.ts";

answer({ solve: ({ challenge }: { challenge: Challenge }) => solve(challenge) });
