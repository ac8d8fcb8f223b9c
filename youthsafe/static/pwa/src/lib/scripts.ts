/**
 * Which scripts a page may start. Their addresses stand in the page, where a changed server may put others; what they
 * look like stands here.
 */

export const SERVICE_WORKER = "/sw.js";

/**
 * The address of a script of this release's kind on this very site; throws when it is none. `name`: as in `sealer`.
 * `address`: as the page has it.
 */
export function ours(name: string, address: string = "") {
  if (!new RegExp(`^/assets/${name}-[0-9A-Z]{8}\\.js$`).test(address)) throw new TypeError(`not ${name}`);
  return location.origin + address;
}
