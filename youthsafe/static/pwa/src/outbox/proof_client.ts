/** A page's way to a proof of work: a worker that lives as long as the work. */
import { WorkerClient } from "../lib/worker_client.ts";
import type { Prove } from "./delivery.ts";
import type { ProofWorker } from "./proof_worker.ts";

const PATIENCE_MS = 120_000;

/** `address`: of the worker. Raises RefusalError when the worker cannot be had, or gives up. */
export function proofClient(address: string | undefined): Prove {
  return async (challenge) => {
    const line = new WorkerClient<ProofWorker>("proof_worker", address, PATIENCE_MS);
    try {
      return await line.ask("solve", challenge);
    } finally {
      line.hangUp();
    }
  };
}
