import { exitLabel } from '../../figures/exit-curves-data.ts'
import { exitInWords } from '../../shared/evaluation/exit-id.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { percent } from '../../shared/format/numbers.ts'
import { plain, rounded, type Table } from '../../shared/tables/table.ts'
import { pageInWords } from '../sample-page.ts'
import { exitOf, type SampleGroup, type SamplesAnswer, type SamplesQuestion } from './schema.ts'

/** A sample a row: its class, where it leaves, and what each exit takes it for. */
export function table(answer: SamplesAnswer, question: SamplesQuestion): Table {
  const { name, classes, counts, total, samples } = answer
  const { group, label } = question
  const exits = counts.leaving.map((_, exit) => exitLabel(exit, counts.leaving.length))
  const which = `${label === null ? '' : `of class ${classes[label]} `}${groupInWords(group)}`
  return {
    name: fileStem([name], `samples-${group}`),
    caption: `${pageInWords(answer, question, { which, total })} The class that each exit predicts, and its confidence in %.`,
    emphasis: 'the exit where a sample leaves',
    keys: ['run', 'sample', 'class', 'leaves'].map((key) => ({ name: key })),
    heads: [
      { title: 'Sample', align: 'right' },
      { title: 'Class', align: 'left' },
    ],
    dimensions: ['exit'],
    measures: [
      { name: 'prediction', suffix: '' },
      { name: 'confidence', suffix: ' confidence (%)' },
    ],
    columns: exits.map((exit) => ({ ids: [exit], name: exit, title: exit, kind: 'text' })),
    blocks: [
      {
        title: null,
        rows: samples.map(({ sample, label: own, leaves, predictions, confidences }) => ({
          keys: [name, sample, classes[own]!, exits[leaves]!],
          heads: [String(sample), classes[own]!],
          cells: predictions.map((prediction, exit) => ({
            values: [classes[prediction]!, rounded(100 * confidences[exit]!, 4)],
            printed: {
              ...plain(`${classes[prediction]} (${percent(confidences[exit]!, 0)})`),
              bold: exit === leaves,
            },
          })),
        })),
      },
    ],
  }
}

function groupInWords(group: SampleGroup): string {
  if (group === 'lost') return 'that are right earlier and wrong where they leave'
  if (group === 'never') return 'that are wrong at every exit'
  return `that leave at ${exitInWords(exitOf(group)!)}`
}
