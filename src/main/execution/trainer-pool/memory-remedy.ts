import { bytes } from '../../../shared/format/numbers.ts'
import { machineMemory } from './training-memory.ts'

/** Messages of TensorFlow, C++, V8 and the library loader; a full static TLS block has other causes. */
const complaints =
  /std::bad_alloc|out of memory|OOM when allocating|RESOURCE_EXHAUSTED|Array buffer allocation failed|cannot allocate memory(?! in static)/i

/** Whether the last output of a process says that memory ran out. */
export function saysOutOfMemory(text: string): boolean {
  return complaints.test(text)
}

interface WantOfMemory {
  /** Estimated memory of one training, in bytes; null if unknown. */
  needed: number | null
  batchSize: number
  /** Runs trained at once. */
  parallel: number
  /** Bytes that a new process of this machine could have. */
  free: number
}

/** The same for an analysis, whose memory is unknown. */
export function analysisMemoryRemedy(free: number): string {
  return `${freeNow(free)} Close other programs, then resume the analysis.`
}

function freeNow(free: number): string {
  return `Of this machine's ${bytes(machineMemory())} of memory, ${bytes(free)} are free without the trainer.`
}

/** Required and free memory and a remedy, for a training that ran out of memory. */
export function memoryRemedy({ needed, batchSize, parallel, free }: WantOfMemory): string {
  const runs = parallel > 1 ? `, and ${parallel} runs are trained at once` : ''
  const takes = needed === null ? '' : `A training takes about ${bytes(needed)} of memory${runs}. `
  const fewer = parallel > 1 ? `, or train fewer runs at once (--parallel, now ${parallel})` : ''
  return (
    `${takes}${freeNow(free)} ` +
    `Close other programs${fewer}, then retry the run, which resumes from its last checkpoint. ` +
    `Or train a new experiment with a smaller training.batchSize (now ${batchSize}).`
  )
}
