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
    for (const { file, remedy, fault } of files) {
      const found = await fault()
      if (found !== null) problems.push(problem(`${file} ${found}`, remedy))
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

function filesOf(store: Store): (PhaseFile & { remedy: string })[] {
  const files = store.summaries.all().flatMap(({ id }) =>
    phaseFiles(store, id).map((each) => {
      const again = each.kind === 'weights' ? 'Train it again, to the same weights' : 'Evaluate it again'
      return { ...each, remedy: `${again}: exitlab retry ${id}` }
    }),
  )
  return [...new Map(files.map((each) => [`${each.kind} ${each.phase.id}`, each])).values()]
}
