import { plainText } from '../../shared/plain-text.ts'
import { fileStem } from '../../shared/file-name.ts'
import { numberCell, type Table } from '../../shared/table.ts'
import { multiplyAdds } from '../../shared/format/numbers.ts'
import type { LedgerAnswer } from './schema.ts'

/** Operations of a network up to its final exit, with their costs. */
export function table({ run, title, ledger, backboneMacs }: LedgerAnswer): Table {
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
      { ids: ['multiply-adds'], name: 'multiply-adds', title: 'Multiply-adds', kind: 'number' },
      { ids: ['share'], name: '% of backbone', title: '% of backbone', kind: 'number' },
      { ids: ['parameters'], name: 'parameters', title: 'Parameters', kind: 'number' },
    ],
    blocks: [
      {
        title: null,
        rows: ledger.map(({ module, operation, exit, macs, parameters }) => ({
          keys: [module, operation, exit],
          heads: [module, operation, String(exit)],
          cells: [numberCell(macs, 0), numberCell((100 * macs) / backboneMacs, 2), numberCell(parameters, 0)],
        })),
      },
    ],
  }
}
