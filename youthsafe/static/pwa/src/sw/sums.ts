/**
 * The SHA-256 of every script and style of this release by its name, in Base64: build.mjs writes them into the worker.
 */
export const SUMS: Record<string, string> = {};
