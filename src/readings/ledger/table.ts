import { plainText } from '../../shared/text/plain-text.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { count, multiplyAdds, percent } from '../../shared/format/numbers.ts'
import { macsColumn } from '../../shared/evaluation/macs-column.ts'
import type { LedgerEntry } from '../../shared/network/network-drawing.ts'
import { numberCell, plain, type Table, type TableCell } from '../../shared/tables/table.ts'
import type { NetworkLedger } from '../given.ts'
import { partOf, partTitle } from './parts.ts'

/** Operations of a network up to its final exit, with their costs: a block for each part of the network, with what it costs. */
export function table(
  { run, title, ledger, backboneMacs }: NetworkLedger,
  { unit }: { unit: 'macs' | 'flops' },
): Table {
  const cost = macsColumn(backboneMacs, unit)
  const costCell = (macs: number): TableCell => ({ values: [macs], printed: plain(cost.text(macs)) })
  return {
    name: fileStem([run], 'ledger'),
    caption:
      `Operations of ${plainText(run, 120)} (${title}) for one sample: multiply-adds, also in % of the bare backbone’s ` +
      `${multiplyAdds(backboneMacs).replace(' ', '\u00a0')}, trained parameters, and the first exit whose cost includes them.`,
    keys: ['module', 'operation', 'exit'].map((name) => ({ name })),
    heads: [
      { title: 'Module', align: 'left' },
      { title: 'Operation', align: 'left' },
      { title: 'Exit', align: 'right' },
    ],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['multiply-adds'], name: 'multiply-adds', title: cost.title, kind: 'number' },
      { ids: ['share'], name: '% of backbone', title: '% of backbone', kind: 'number' },
      { ids: ['parameters'], name: 'parameters', title: 'Parameters', kind: 'number' },
    ],
    blocks: partsOf(ledger).map((entries) => {
      const macs = sumOf(entries, (entry) => entry.macs)!
      const parameters = sumOf(entries, (entry) => entry.parameters)
      return {
        title: partTitle(partOf(entries[0]!)),
        under: [cost.text(macs), percent(macs / backboneMacs, 2), parameters === null ? null : count(parameters)],
        rows: entries.map(({ module, operation, exit, macs, parameters }) => ({
          keys: [module, operation, exit],
          heads: [module, operation, String(exit)],
          cells: [costCell(macs), numberCell((100 * macs) / backboneMacs, 2), numberCell(parameters, 0)],
        })),
      }
    }),
  }
}

/** Neighbours of the same part: a stem that is counted in two sections is there twice. */
function partsOf(entries: readonly LedgerEntry[]): LedgerEntry[][] {
  const parts: LedgerEntry[][] = []
  for (const entry of entries) {
    const last = parts.at(-1)
    if (last && partOf(last[0]!) === partOf(entry)) last.push(entry)
    else parts.push([entry])
  }
  return parts
}

/** Null where none is known. */
function sumOf(entries: readonly LedgerEntry[], of: (entry: LedgerEntry) => number | null): number | null {
  const known = entries.flatMap((entry) => of(entry) ?? [])
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
