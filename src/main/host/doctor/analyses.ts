import { relative } from 'node:path'
import { analysisResultFile } from '../../store/workspace.ts'
import { analysisTitle } from '../analyses/title.ts'
import { faultOf } from '../../files/verified-file.ts'
import { type Check, ok, type Outcome, problem } from './check.ts'
import { forgotten } from './unknown-folders.ts'

/** Reads the result of every analysis that is done, and compares its hash. */
export const analyses: Check = {
  name: 'analyses',
  async run({ store: { workspace, analyses } }) {
    const problems: Outcome[] = []
    const done = analyses.all().filter(({ status }) => status === 'done')
    for (const row of done) {
      const { id, sha256 } = row
      const file = analysisResultFile(workspace, id)
      const fault = await faultOf({ path: file, sha256: sha256! })
      if (fault === null) continue
      const detail = `${relative(workspace.folder, file)} ${fault}`
      const remedy = `Resume ${analysisTitle(row)}: it is computed again, to the same result.`
      problems.push(problem(detail, remedy, ['analyse', 'resume', id.slice(0, 12)]))
    }
    const count = done.length === 1 ? '1 result' : `${done.length} results`
    const sound = problems.length === 0 ? [ok(`${count}, all with the right hash`)] : problems
    return [
      ...sound,
      ...(await forgotten({
        folder: workspace.analyses,
        known: (name) => analyses.get(name) !== null,
        owner: 'analysis',
        remedy: 'They are used again if the same is asked again; otherwise remove them.',
      })),
    ]
  },
}
