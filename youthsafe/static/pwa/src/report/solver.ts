/** The worker that does the work a server asks for, so that the page stays quick. Fetched only when it is asked for. */
import { answer } from "./answering.ts";
import type { Challenge } from "./work.ts";
import { solve } from "./work.ts";

answer({ solve: ({ challenge }: { challenge: Challenge }) => solve(challenge) });
