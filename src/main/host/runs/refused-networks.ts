import { existsSync } from 'node:fs'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Caveat } from '../../../shared/evaluation/caveat.ts'
import { fileOfSeries } from '../../../contract/experiment/experiment.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'

interface Described {
  /** @throws ExitlabError `data` where the file is refused */
  describe(network: OwnNetwork): Promise<unknown>
}

interface OwnNetwork {
  path: string
  sites?: string[]
}

type Refused = Extract<Caveat, { kind: 'refused-network' }>

/** Of each network file that some runs were trained from and that would be refused today: why, and what that says of the runs. */
export async function refusedNetworks(
  { store, networkFiles }: { store: Store; networkFiles: Described },
  runs: readonly RunRow[],
): Promise<Refused[]> {
  const own = runs.flatMap((run) => ownNetworkOf(store, run) ?? [])
  const distinct = [...new Map(own.map((each) => [JSON.stringify(each), each])).values()]
  const refused: Refused[] = []
  for (const network of distinct) {
    const reason = await refusalOf(networkFiles.describe(network))
    if (reason !== null)
      refused.push({ kind: 'refused-network', sentence: sentenceOf(reason), file: network.path, reason })
  }
  return refused
}

/** None where it has first weights of another file, and where the file is gone. */
function ownNetworkOf(store: Store, { id, experimentId, seriesId }: RunRow): OwnNetwork | null {
  const file = fileOfSeries(store.experiments.get(experimentId)!.file, store.series.get(seriesId).settings)
  const { initial } = store.phases.chain(id)[0]!.definition
  const isOwn = file.network['file'] !== undefined && !file.initial && initial.kind === 'weights'
  if (!isOwn || !existsSync(initial.source)) return null
  const sites = file.network['sites'] as string[] | undefined
  return { path: initial.source, ...(sites && { sites }) }
}

async function refusalOf(asked: Promise<unknown>): Promise<string | null> {
  try {
    await asked
    return null
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'data') return error.message
    throw error
  }
}

/** The refusal names the file. */
const sentenceOf = (refusal: string) =>
  `A new run from this network’s file would be refused. ${refusal} Runs that were trained from it are as they were; they may be of another network than the file meant.`
