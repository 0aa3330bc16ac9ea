import { exitLabel } from '../../figures/exit-curves-data.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import { numberCell, textCell, type Table, type TableColumn } from '../../shared/tables/table.ts'
import type { SamplePathAnswer } from './schema.ts'
import { leavingEarly, outcomeAt, pathWords } from './words.ts'

const probability: TableColumn = {
  ids: ['probability'],
  name: 'probability (%)',
  title: 'Probability (%)',
  kind: 'number',
}

/** A sample at each exit: score, threshold, prediction, and its probability. */
export function table(answer: SamplePathAnswer): Table {
  const { task, name, split, sample, rule, leaves, exits } = answer
  const early = leavingEarly(answer)
  return {
    name: fileStem([name], `sample-${sample}-path`),
    caption:
      `Path of ${split} sample ${sample} through the exits of ${plainText(name, 120)} under the ${ruleInWords(rule)}: ${pathWords(answer).join(', ')}. ` +
      `It leaves at the first exit whose score is above the threshold; later exits are not computed.${early === null ? '' : ` ${early}`}`,
    keys: ['run', 'sample', 'exit'].map((key) => ({ name: key })),
    heads: [{ title: 'Exit', align: 'left' }],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['cost'], name: 'cost (%)', title: 'Cost (%)', kind: 'number' },
      { ids: ['score'], name: 'score', title: 'Score', kind: 'number' },
      { ids: ['threshold'], name: 'threshold', title: 'Threshold', kind: 'number' },
      { ids: ['prediction'], name: 'prediction', title: 'Prediction', kind: 'text' },
      ...(task ? [] : [probability]),
      { ids: ['outcome'], name: 'outcome', title: 'Outcome', kind: 'text' },
    ],
    blocks: [
      {
        title: null,
        rows: exits.map(({ exit, block, fraction, score, threshold, prediction, isRight, classes }) => ({
          keys: [name, sample, block === null ? 'final' : exit],
          heads: [exitLabel(exit, exits.length)],
          cells: [
            numberCell(100 * fraction, 1),
            numberCell(score, 3),
            threshold === null ? null : numberCell(threshold, 3),
            textCell(isRight === null ? prediction : `${prediction} (${isRight ? 'right' : 'wrong'})`),
            ...(task ? [] : [numberCell(100 * classes[0]!.probability, 1)]),
            textCell(outcomeAt(exit, leaves)),
          ],
        })),
      },
    ],
  }
}
