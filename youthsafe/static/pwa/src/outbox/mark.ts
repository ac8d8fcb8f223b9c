/**
 * Names that pages and the worker share about a sealed report that waits to be sent. They say nothing else about it.
 */

/** The mark in a browser's local storage: every page of this site sees it, and has the report sent. */
export const WAITING = "waiting";
/** What the browser is asked to wake the worker for. */
export const SYNC = "youthsafe-outbox";
