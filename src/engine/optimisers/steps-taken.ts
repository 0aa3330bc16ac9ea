/** Number of updates of a parameter after the phase's step `step` (from 0): AdamW's t. */
export function stepsTaken(cycle: readonly boolean[], step: number): number {
  const wholeCycles = Math.floor((step + 1) / cycle.length)
  const inCycle = (entries: readonly boolean[]) => entries.filter(Boolean).length
  return wholeCycles * inCycle(cycle) + inCycle(cycle.slice(0, (step + 1) % cycle.length))
}
