import type { DiskUse } from '../../../../contract/system.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { Store } from '../../../store/open.ts'
import { analysisFolder, checkpointFolder, formerEvaluationFile, tokenFolder } from '../../../store/workspace.ts'
import { evaluationBytes, sizeOf } from './disk-use.ts'

/** Files of a phase or an analysis. */
interface Item {
  kind: 'checkpointBytes' | 'evaluationBytes' | 'analysisBytes'
  bytes: number
  /** It goes when all runs of one of these groups are purged. */
  needs: readonly (readonly RunSummary[])[]
}

/** Disk use of experiments, deleted runs included: the space freed by purging each, and the space shared with others. */
export async function diskByExperiment(store: Store): Promise<DiskUse> {
  const runs = store.summaries.all()
  const items = [...(await phaseItems(store, runs)), ...(await analysisItems(store, runs))]
  const uses = new Map(
    [...Map.groupBy(runs, (run) => run.experimentId)].map(([id, own]) => [id, emptyUse(id, own)] as const),
  )
  let sharedBytes = 0
  for (const item of items) {
    const users = new Set(item.needs.flat().map((run) => run.experimentId))
    const owners = [...users].filter((id) => goesWith(item, (run) => run.experimentId === id))
    for (const id of users) uses.get(id)![owners.includes(id) ? item.kind : 'sharedBytes'] += item.bytes
    if (owners.length === 0) sharedBytes += item.bytes
  }
  const gone = items.filter((item) => goesWith(item, ({ deleted }) => deleted))
  const bin = { runs: runs.filter(({ deleted }) => deleted).length, bytes: total(gone) }
  const folder = tokenFolder(store.workspace)
  const tokens = { folder, bytes: await sizeOf(folder) }
  return { experiments: [...uses.values()], sharedBytes, tokens, bin }
}

const goesWith = ({ needs }: Item, purged: (run: RunSummary) => boolean) => needs.some((runs) => runs.every(purged))
const total = (items: readonly Item[]) => items.reduce((sum, { bytes }) => sum + bytes, 0)

function emptyUse(id: string, runs: readonly RunSummary[]): DiskUse['experiments'][number] {
  const deleted = runs.filter((run) => run.deleted).length
  const bytes = { checkpointBytes: 0, evaluationBytes: 0, analysisBytes: 0, sharedBytes: 0 }
  return { id, name: runs[0]!.experiment, runs: runs.length - deleted, deleted, ...bytes }
}

async function phaseItems({ workspace }: Store, runs: readonly RunSummary[]): Promise<Item[]> {
  const pairs = runs.flatMap((run) => run.phases.map(({ id }) => ({ id, run })))
  const items = [...Map.groupBy(pairs, ({ id }) => id)].map(async ([id, users]): Promise<Item[]> => {
    const needs = [users.map(({ run }) => run)]
    const inFolder = await evaluationBytes(workspace, [id])
    const former = await sizeOf(formerEvaluationFile(workspace, id))
    return [
      { kind: 'checkpointBytes', bytes: (await sizeOf(checkpointFolder(workspace, id))) - inFolder, needs },
      { kind: 'evaluationBytes', bytes: inFolder + former, needs },
    ]
  })
  return (await Promise.all(items)).flat()
}

/** An analysis needs, for each of its phases, a run that ends in it. */
async function analysisItems(store: Store, runs: readonly RunSummary[]): Promise<Item[]> {
  const ending = Map.groupBy(runs, ({ phases }) => phases.at(-1)?.id)
  const items = store.analyses.all().map(async ({ id, subjects }): Promise<Item> => ({
    kind: 'analysisBytes',
    bytes: await sizeOf(analysisFolder(store.workspace, id)),
    needs: subjects.map(({ phaseId }) => ending.get(phaseId) ?? []),
  }))
  return Promise.all(items)
}
