import { join } from 'node:path'
import type { Store } from '../../store/open.ts'
import { faultOf } from '../file-fault.ts'
import { type Check, ok, type Outcome, problem } from './check.ts'
import { forgotten } from './forgotten.ts'

/** Reads every file that the store refers to, and compares its hash. */
export const checkpoints: Check = {
  name: 'checkpoints',
  async run({ store }) {
    const files = filesOf(store)
    const problems: Outcome[] = []
    for (const { file, sha256, remedy } of files) {
      const fault = await faultOf(join(store.workspace.folder, file), sha256)
      if (fault !== null) problems.push(problem(`${file} ${fault}`, remedy))
    }
    const good = files.length - problems.length
    const sound = problems.length === 0 ? [ok(`${good} files, all with the right hash`)] : problems
    return [
      ...sound,
      ...(await forgotten({
        folder: store.workspace.checkpoints,
        known: (name) => store.phases.get(name) !== null,
        owner: 'run',
        remedy: 'They are used again if the same experiment is run again; otherwise remove them.',
      })),
    ]
  },
}

function filesOf(store: Store) {
  const chains = store.summaries.all().flatMap((run) => store.phases.chain(run.id).map((phase) => ({ run, phase })))
  const files = new Map<string, { file: string; sha256: string; remedy: string }>()
  for (const { run, phase } of chains) {
    const evaluation = store.evaluations.get(phase.id)
    const remedy = `Train it again, to the same weights: exitlab retry ${run.id}`
    if (phase.checkpoint !== null) files.set(phase.checkpoint.file, { ...phase.checkpoint, remedy })
    if (evaluation !== null)
      files.set(evaluation.file, { ...evaluation, remedy: `Evaluate it again: exitlab retry ${run.id}` })
  }
  return [...files.values()]
}
