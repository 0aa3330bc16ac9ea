import type { RunSummary } from '../../../shared/runs.ts'
import type { Store } from '../../store/open.ts'
import { phaseFiles, type PhaseFile } from '../runs/phase-files.ts'
import { type Check, ok, type Outcome, problem } from './check.ts'
import { forgotten } from './unknown-folders.ts'

/** Reads every file that the store refers to, and compares its hash and what it says it is of. */
export const checkpoints: Check = {
  name: 'checkpoints',
  async run({ store }) {
    const files = filesOf(store)
    const problems: Outcome[] = []
    for (const { file, run, kind, fault } of files) {
      const found = await fault()
      if (found === null) continue
      const again = kind === 'weights' ? 'trained again, to the same weights' : 'evaluated again'
      problems.push(problem(`${file} ${found}`, `Retry ${run.name}: it is ${again}.`, ['retry', run.id]))
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

/** Each once, with the first run that it belongs to. */
function filesOf(store: Store): (PhaseFile & { run: RunSummary })[] {
  const files = store.summaries.all().flatMap((run) => phaseFiles(store, run.id).map((each) => ({ ...each, run })))
  return [...new Map(files.map((each) => [`${each.kind} ${each.phase.id}`, each])).values()]
}
