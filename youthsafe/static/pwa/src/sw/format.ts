/** Under which names the worker keeps things. It imports nothing, so the bundler writes the names out. */

/**
 * Raised when what is kept changes its shape; a worker with a new number fetches everything anew before it takes over.
 */
export const FORMAT = 2;
export const PAGES = `youthsafe-pages-${FORMAT}`;
export const STATE = `youthsafe-state-${FORMAT}`;
/**
 * Their names carry a hash of their content, so they outlive every change of format: a page in use may still ask for
 * one.
 */
export const ASSETS = "youthsafe-assets";
