import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { damageOf } from '../../../files/verified-file.ts'
import { phaseFiles, type PhaseFile } from '../runs/phase-files.ts'
import { requeue } from './run-states.ts'
import type { Recorder } from './events/event-recorder.ts'

/**
 * Queues finished runs again whose weights or evaluation are damaged; training or evaluating them again gives the same result.
 * Reads every file, once even if several runs share it. @throws as `damageOf`: nothing is queued then.
 */
export async function reopenDamaged(
  { store, recorder }: { store: Store; recorder: Recorder },
  runs: readonly RunRow[],
): Promise<void> {
  const faults = new Map<string, Promise<string | null>>()
  const faultIn = ({ kind, phase, fault }: PhaseFile) => {
    const key = `${kind} ${phase.id}`
    const known = faults.get(key) ?? fault(damageOf)
    faults.set(key, known)
    return known
  }

  async function reopen(run: RunRow): Promise<void> {
    const chain = store.phases.chain(run.id)
    const evaluation = store.evaluations.get(chain.at(-1)!.id)
    const found: (Omit<PhaseFile, 'fault'> & { fault: string })[] = []
    for (const each of phaseFiles(store, run.id)) {
      const fault = await faultIn(each)
      if (fault !== null) found.push({ ...each, fault })
    }
    if (found.length === 0 && evaluation !== null && chain.every(({ checkpoint }) => checkpoint !== null)) return
    // What cannot be computed again is kept as it is.
    for (const { definition } of chain) requireMethods(definition, run)
    store.transaction(() => {
      for (const each of found) takeBack(store, each)
      requeue(store, run.id)
    })
    for (const { file, fault } of found) {
      const message = `${file} ${fault}. It is computed again.`
      recorder.log({ level: 'warning', run: run.id, phase: null, message })
    }
  }

  for (const run of runs.filter(({ status }) => status === 'done')) await reopen(run)
}

/** An evaluation goes with the weights that it is of. */
function takeBack(store: Store, { kind, phase }: Pick<PhaseFile, 'kind' | 'phase'>): void {
  if (kind === 'weights') store.phases.reopen(phase.id)
  store.evaluations.remove(phase.id)
}
