/** The worker that does the work a server asks for, so that the page stays quick. Fetched only when it is asked for. */
import { answer } from './answering.js';
import { solve } from './work.js';

/** @import { Challenge } from './work.js' */

answer({ solve: (/** @type {{challenge: Challenge}} */ { challenge }) => solve(challenge) });
