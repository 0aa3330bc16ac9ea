import { exitLabel } from '../../figures/exit-curves-data.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { exitInWords } from '../../shared/evaluation/exit-id.ts'
import { numberCell, type Table, type TableCell, type TableColumn } from '../../shared/tables/table.ts'
import { pageInWords } from '../sample-page.ts'
import type { LargestErrorsAnswer, LargestErrorsQuestion } from './schema.ts'

const decimals = 3

/** A sample a row: its value, what each exit predicts, and the error. */
export function table(answer: LargestErrorsAnswer, question: LargestErrorsQuestion): Table {
  const { name, leaving, samples, sampleCount } = answer
  const { exit } = question
  const exits = leaving.map((_, index) => exitLabel(index, leaving.length))
  const which = `with the largest errors ${exit === null ? 'where they leave' : `of ${exitInWords(exit)}`}`
  return {
    name: fileStem([name], 'largest-errors'),
    caption:
      `${pageInWords(answer, question, { which, total: sampleCount })} True value, prediction of each exit, and error ` +
      '(prediction − true value).',
    emphasis: 'the exit where a sample leaves',
    keys: ['run', 'sample', 'leaves'].map((key) => ({ name: key })),
    heads: [{ title: 'Sample', align: 'right' }],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      numberColumn('true', 'True value'),
      ...exits.map((each) => numberColumn(each, each)),
      numberColumn('error', 'Error'),
    ],
    blocks: [
      {
        title: null,
        rows: samples.map(({ sample, value, predictions, leaves, error }) => ({
          keys: [name, sample, exits[leaves]!],
          heads: [String(sample)],
          cells: [value, ...predictions, error].map((each, at) => cellOf(each, at === leaves + 1)),
        })),
      },
    ],
  }
}

const numberColumn = (name: string, title: string): TableColumn => ({ ids: [name], name, title, kind: 'number' })

function cellOf(value: number, bold: boolean): TableCell {
  const cell = numberCell(value, decimals)!
  return { ...cell, printed: { ...cell.printed, bold } }
}
