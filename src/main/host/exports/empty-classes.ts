import { z } from 'zod'
import { readings } from '../../../readings/index.ts'
import type { ExportQuery } from '../../../contract/exports.ts'
import { emptyClassesAmong } from '../comparison/evaluation/caveats.ts'
import { splitReferences } from '../runs/import-references.ts'
import { resolveRuns } from '../runs/references.ts'
import type { ExportServices } from './services.ts'

const asked = z.object({ runs: z.array(z.string()) })

/**
 * Classes of which the runs of a reading have no samples, as sentences of a caption: a file has to say by itself what its values leave
 * open. Screens and the terminal say it beside their tables.
 */
export function emptyClassesWords(services: ExportServices, query: ExportQuery): string[] {
  if ('analyses' in query || readings.choose(query.reading).info.samples === 'none') return []
  const { store } = services
  const { data } = asked.safeParse(query.question)
  const references = data?.runs ?? []
  const runs = references.length === 0 ? store.runs.withStatus('done') : named(services, references)
  const done = runs.filter(({ status }) => status === 'done')
  return emptyClassesAmong(services, done).map(({ sentence }) => sentence)
}

const named = ({ store }: ExportServices, references: readonly string[]) =>
  resolveRuns(store, splitReferences(store, references).runs, 'any')
