import { comparisonStem } from '../../shared/text/file-name.ts'
import { textCell, type Table } from '../../shared/tables/table.ts'
import type { SettingDifferences } from '../given.ts'

/** Settings in which runs differ: a row for each run, a column for each setting. */
export function table({ runs, settings, same }: SettingDifferences): Table {
  return {
    name: comparisonStem(runs, 'settings'),
    caption: `Settings that differ between ${runs.length} runs; ${same} other settings are equal.`,
    keys: [{ name: 'id' }, { name: 'run' }],
    heads: [{ title: 'Run', align: 'left' }],
    dimensions: ['setting'],
    measures: [{ name: 'value', suffix: '' }],
    columns: settings.map(({ path }) => ({ ids: [path], name: path, title: path, kind: 'text' })),
    blocks: [
      {
        title: null,
        rows: runs.map(({ id, name, regime, series }, index) => ({
          keys: [id, name],
          heads: [name],
          series: { regime, series, look: null, hollow: false },
          cells: settings.map(({ values }) => {
            const value = values[index]
            return value === null || value === undefined ? null : textCell(textOf(value))
          }),
        })),
      },
    ],
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
