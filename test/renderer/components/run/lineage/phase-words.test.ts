import { expect, test } from 'vitest'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import { ownSettingsInWords } from '../../../../../src/renderer/components/run/lineage/phase-words.ts'

const run = (phases: object[], objective?: object) =>
  ({ phases, file: { ...(objective && { objective }) } }) as unknown as Pick<RunDetail, 'phases' | 'file'>

test('what phases have of their own is said behind their numbers', () => {
  expect(
    ownSettingsInWords(
      run([
        {},
        { settings: { 'training.learningRate': 0.0001, 'training.epochs': 50 } },
        { objective: { weighting: 'sdn', parameters: { rampEpochs: 100 } } },
      ]),
    ),
  ).toBe('phase 2: training.learningRate 0.0001, training.epochs 50; phase 3: weighting sdn (rampEpochs 100)')
})

test('nothing is said of phases that are trained as the experiment says', () => {
  const objective = { weighting: 'sdn' }
  expect(ownSettingsInWords(run([{}, { objective }], objective))).toBeNull()
})
