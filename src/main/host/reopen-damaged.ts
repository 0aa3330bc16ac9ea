import { join } from 'node:path'
import type { ChainPhase } from '../store/phases.ts'
import type { RunRow } from '../store/runs.ts'
import { faultOf } from './file-fault.ts'
import { requeue } from './queue/requeue.ts'
import type { HostServices } from './services.ts'

/**
 * Queues runs that are done again where their weights or their evaluation are no longer what was written, to be trained
 * or evaluated once more, with the same result. Every file is read, once however many runs share it.
 */
export async function reopenDamaged({ store, recorder }: HostServices, runs: readonly RunRow[]): Promise<void> {
  const faults = new Map<string, Promise<string | null>>()
  const faultIn = ({ file, sha256 }: { file: string; sha256: string }) => {
    const fault = faults.get(file) ?? faultOf(join(store.workspace.folder, file), sha256)
    faults.set(file, fault)
    return fault
  }

  async function reopen(run: RunRow): Promise<void> {
    const chain = store.phases.chain(run.id)
    const last = chain.at(-1)!
    const evaluation = store.evaluations.get(last.id)
    const found: { file: string; fault: string; reopen: () => void }[] = []
    for (const { id, checkpoint } of chain.filter(hasWeights)) {
      const fault = await faultIn(checkpoint)
      if (fault !== null) found.push({ ...checkpoint, fault, reopen: () => store.phases.reopen(id) })
    }
    const fault = evaluation && (await faultIn(evaluation))
    if (evaluation !== null && fault !== null)
      found.push({ ...evaluation, fault, reopen: () => store.evaluations.remove(last.id) })
    if (found.length === 0 && evaluation !== null && chain.every(hasWeights)) return
    store.transaction(() => {
      for (const each of found) each.reopen()
      requeue(store, run.id)
    })
    for (const { file, fault } of found) {
      const message = `${file} ${fault}. What it held is made again.`
      recorder.log({ level: 'warning', run: run.id, phase: null, message })
    }
  }

  for (const run of runs.filter(({ status }) => status === 'done')) await reopen(run)
}

function hasWeights(phase: ChainPhase): phase is ChainPhase & { checkpoint: NonNullable<ChainPhase['checkpoint']> } {
  return phase.checkpoint !== null
}
