import { readingsFrom } from "../src/lib/reading_hours.ts";

/** Whether a team reads at a moment, and until or from when: what the form says of the first stretch. */
export function promised(weekly, closedDays, now) {
  const [first] = readingsFrom(weekly, closedDays, now);
  if (!first) return { reading: false, at: null };
  return first.opens <= now ? { reading: true, at: first.closes } : { reading: false, at: first.opens };
}
