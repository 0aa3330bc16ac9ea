import { join } from 'node:path'
import type { PaperReport } from '../../../../shared/paper-report.ts'
import { precisionWords } from '../../../../shared/precision.ts'
import { manifestOf, type Versions } from '../../../files/checkpoint-manifest.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import type { PaperFileState } from '../file-states.ts'

/** Where and with what the trained phases of some experiments were trained, as the manifests beside their weights say. */
export async function environmentOf(
  store: Store,
  states: readonly PaperFileState[],
): Promise<PaperReport['environment']> {
  const phases = trainedPhases(store, states)
  const versions = (await Promise.all(phases.map((phase) => versionsOf(store, phase)))).flat()
  const distinct = (key: string) => [...new Set(versions.flatMap((each) => each[key] ?? []))].sort()
  const trained = states.filter(({ runs }) => runs.some(({ status }) => status === 'done'))
  return {
    exitlab: distinct('exitlab'),
    node: distinct('node'),
    tensorflow: distinct('tensorflow'),
    processors: distinct('processor'),
    devices: distinct('device'),
    threads: distinct('threads').map(Number),
    precisions: [...new Set(trained.map(({ experiment }) => precisionWords(experiment.file.training)))],
    systems: distinct('platform'),
    trainedSeconds: phases.reduce((sum, { id }) => sum + store.epochs.seconds(id), 0),
    phases: phases.length,
  }
}

/** Each once, however many runs share it. */
function trainedPhases(store: Store, states: readonly PaperFileState[]): PhaseRow[] {
  const runs = states.flatMap(({ runs }) => runs.flatMap(({ id }) => id ?? []))
  const chains = runs.flatMap((id) => store.phases.chain(id))
  const trained = chains.filter(({ status }) => status === 'done')
  return [...new Map(trained.map((phase) => [phase.id, phase])).values()]
}

/** Everything that was involved in training a phase; nothing where its weights were deleted. */
async function versionsOf({ workspace }: Store, { checkpoint }: PhaseRow): Promise<Versions[]> {
  if (checkpoint === null) return []
  const manifest = await manifestOf({ ...checkpoint, file: join(workspace.folder, checkpoint.file) })
  return manifest === null ? [] : [...manifest.earlierVersions, manifest.versions]
}
