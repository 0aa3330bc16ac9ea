import { gibibytes, machineMemory } from './training-memory.ts'

/** How TensorFlow, C++, V8 and the loader of libraries say it; a static TLS block that is full has other reasons. */
const complaints =
  /std::bad_alloc|out of memory|OOM when allocating|RESOURCE_EXHAUSTED|Array buffer allocation failed|cannot allocate memory(?! in static)/i

/** Whether what a process said last tells that memory ran out. */
export function saysOutOfMemory(text: string): boolean {
  return complaints.test(text)
}

export interface WantOfMemory {
  /** Estimate of what one training takes, in bytes; null where there is none. */
  needed: number | null
  batchSize: number
  /** Runs trained at once. */
  parallel: number
  /** Bytes that a new process of this machine could have. */
  free: number
}

/** The same for an analysis, of which nobody knows what it takes. */
export function analysisMemoryRemedy(free: number): string {
  return `${freeNow(free)} Close other programs, then resume the analysis: it goes on from the last part that is kept.`
}

function freeNow(free: number): string {
  return `Of this machine's ${gibibytes(machineMemory())} of memory, ${gibibytes(free)} are free now that the trainer has ended.`
}

/** What a training that ran out of memory needs, what there is, and what to do. */
export function memoryRemedy({ needed, batchSize, parallel, free }: WantOfMemory): string {
  const runs = parallel > 1 ? `, and ${parallel} are trained at once` : ''
  const takes = needed === null ? '' : `A training takes about ${gibibytes(needed)} of memory${runs}. `
  const fewer = parallel > 1 ? `, or train fewer runs at once (--parallel, now ${parallel})` : ''
  return (
    `${takes}${freeNow(free)} ` +
    `Close other programs${fewer}, then retry the run: it goes on from its last checkpoint. ` +
    `Or train a new experiment with a smaller training.batchSize (now ${batchSize}).`
  )
}
