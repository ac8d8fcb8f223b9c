/** A page's way to a proof of work: a worker that lives as long as the work. */
import { Line } from './asking.js';

/** @import { Prove } from './delivery.js' */

const PATIENCE_MS = 120_000;

/**
 * @param {string | undefined} address  of the worker
 * @returns {Prove} raises RefusalError when the worker cannot be had, or gives up
 */
export function proving(address) {
  return async (challenge) => {
    const line = new Line('solver', address, PATIENCE_MS);
    try {
      return await line.ask('solve', { challenge });
    } finally {
      line.hangUp();
    }
  };
}
