import type { LineagePhase } from './lineage.ts'

const bytesOfFloat = 4
/** Of a phase that is being trained: the newest, the one before it, and the kept weights that either would hand on. */
const snapshots = 4

/** Bytes on the disk: the weights that all phases hand on, and at most the snapshots of one that is being trained. */
export function checkpointBytes(phases: readonly LineagePhase[]): number {
  const weights = phases.reduce((sum, { numbers }) => sum + numbers.model, 0)
  const running = Math.max(...phases.map(({ numbers }) => snapshots * (numbers.model + numbers.moments)))
  return bytesOfFloat * (weights + running)
}
