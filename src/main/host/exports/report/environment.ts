import { join } from 'node:path'
import { distinctBy, distinctInOrder } from '../../../../shared/basics/distinct.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { duration } from '../../../../shared/format/times.ts'
import type { ReportEnvironment } from '../../../../shared/tables/report.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { textRows, textTable } from '../../../../shared/tables/text-table.ts'
import { manifestOf, type Versions } from '../../../../files/checkpoint-manifest.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'

/** Where and with what the trained phases of some runs were trained, as the manifests beside their weights say. */
export async function environmentOf(
  store: Store,
  { runs, precisions }: { runs: readonly string[]; precisions: readonly string[] },
): Promise<ReportEnvironment> {
  const phases = trainedPhases(store, runs)
  const versions = (await Promise.all(phases.map((phase) => versionsOf(store, phase)))).flat()
  const distinct = (key: string) => distinctInOrder(versions.flatMap((each) => each[key] ?? []))
  return {
    exitlab: distinct('exitlab'),
    node: distinct('node'),
    tensorflow: distinct('tensorflow'),
    processors: distinct('processor'),
    devices: distinct('device'),
    threads: distinct('threads').map(Number),
    precisions: [...new Set(precisions)],
    systems: distinct('platform'),
    trainedSeconds: phases.reduce((sum, { id }) => sum + store.epochs.seconds(id), 0),
    phases: phases.length,
  }
}

/** Each once, however many runs share it. */
function trainedPhases(store: Store, runs: readonly string[]): PhaseRow[] {
  const chains = runs.flatMap((id) => store.phases.chain(id))
  const trained = chains.filter(({ status }) => status === 'done')
  return distinctBy(trained, ({ id }) => id)
}

/** Everything that was involved in training a phase; nothing where its weights were deleted. */
async function versionsOf({ workspace }: Store, { checkpoint }: PhaseRow): Promise<Versions[]> {
  if (checkpoint === null) return []
  const manifest = await manifestOf({ ...checkpoint, file: join(workspace.folder, checkpoint.file) })
  return manifest === null ? [] : [...manifest.earlierVersions, manifest.versions]
}

/** The same as a table, with `more` rows above the training time. */
export function environmentTable(environment: ReportEnvironment, more: readonly (readonly string[])[] = []): Table {
  const { trainedSeconds, phases, threads, precisions, processors, devices, systems, node, tensorflow, exitlab } =
    environment
  const row = (name: string, values: readonly (string | number)[]) => [name, values.join('; ') || 'not recorded']
  return textTable({
    name: 'environment-table',
    caption:
      'Where and with what the runs were trained, as recorded beside the weights of each phase. Several values mean that phases differ.',
    heads: [{ title: 'What', width: 0.25 }],
    columns: [{ title: 'Values', width: 0.75 }],
    blocks: textRows([
      row('Processor', processors),
      row('Device of TensorFlow', devices),
      row('Threads of a run', threads),
      row('Precision', precisions),
      row('System', systems),
      row('Exitlab', exitlab),
      row('TensorFlow', tensorflow),
      row('Node.js', node),
      ...more,
      row('Training time', [`${duration(trainedSeconds)} for ${plural(phases, 'phase')}, wall time of their epochs`]),
    ]),
  })
}
