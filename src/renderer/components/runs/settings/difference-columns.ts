import type { RunSummary } from '../../../../shared/runs.ts'
import { plural } from '../../../format/numbers.ts'
import type { Difference } from './differing-settings.ts'
import { settingText } from './setting-text.ts'

/** Runs that agree in everything but their seeds. */
export interface DifferenceColumn {
  runs: readonly RunSummary[]
  /** The name of the run, or the experiment and how many seeds. */
  title: string
  /** One for each setting; seeds with commas between them. */
  cells: readonly string[]
}

/** Runs side by side: those that differ in their seeds alone are one column. */
export function differenceColumns(
  { runs: ids, settings }: Difference,
  runs: readonly RunSummary[],
): DifferenceColumn[] {
  const valuesOf = ({ id }: RunSummary) => {
    const place = ids.indexOf(id)
    return settings.map(({ values }) => settingText(values[place] ?? null))
  }
  const others = (run: RunSummary) => JSON.stringify(valuesOf(run).filter((_, at) => settings[at]!.path !== 'seed'))
  return [...Map.groupBy(runs, others).values()].map((own) => ({
    runs: own,
    title: own.length === 1 ? own[0]!.name : `${own[0]!.experiment}, ${plural(own.length, 'seed')}`,
    cells: valuesOf(own[0]!).map((text, at) =>
      settings[at]!.path === 'seed' ? own.map(({ seed }) => seed).join(', ') : text,
    ),
  }))
}
