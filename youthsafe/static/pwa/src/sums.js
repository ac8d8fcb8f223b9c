/**
 * The SHA-256 of every script and style of this release by its name, in Base64: build.mjs writes them into the worker.
 * @type {Record<string, string>}
 */
export const SUMS = {};
