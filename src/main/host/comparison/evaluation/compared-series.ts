import { importedSeries, type ImportedResult } from '../../../../shared/runs/imported.ts'
import { seriesLooks, seriesNames } from '../../../../shared/experiment/series.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'

/** How a series is called and looks beside others. */
interface NamedSeries {
  series: string
  /** Place in the palette of series; null: it looks like its regime. */
  look: number | null
}

interface ComparedSeries {
  of(run: RunRow): NamedSeries
  ofImport(result: ImportedResult): NamedSeries
}

/** Names and looks of series among some runs and imported results: they are named by what they differ in, and no two look alike. */
export function comparedSeries(
  store: Store,
  { runs, imports }: { runs: readonly RunRow[]; imports: readonly ImportedResult[] },
): ComparedSeries {
  const ids = [...new Set(runs.map(({ seriesId }) => seriesId))]
  const own = ids.map((id) => store.series.get(id))
  const names = seriesNames(own)
  const looks = seriesLooks([
    ...own.map(({ regime }, index) => ({ regime, series: names[index]! })),
    ...imports.map((each) => ({ regime: each.regime, series: importedSeries(each), imported: each })),
  ])
  const named = (series: string) => ({ series, look: looks.get(series)! })
  const byId = new Map(ids.map((id, index) => [id, named(names[index]!)]))
  return { of: ({ seriesId }) => byId.get(seriesId)!, ofImport: (each) => named(importedSeries(each)) }
}

/** The same among what references mean, beside the given ones. */
export function seriesAmong(
  store: Store,
  among: readonly string[],
  { runs, imports }: { runs: readonly RunRow[]; imports: readonly ImportedResult[] },
): ComparedSeries {
  const beside = splitReferences(store, among)
  const others = resolveRuns(store, beside.runs, 'any')
  return comparedSeries(store, { runs: [...runs, ...others], imports: [...imports, ...beside.imports] })
}
