import assert from 'node:assert/strict'
import { test } from 'node:test'
import extension from './weighting.ts'

const { 'rising-weights': rising } = extension.weightings!

test('adds the slope from exit to exit', () => {
  const parameters = rising!.parameters.parse({ slope: 2 })
  assert.deepEqual(rising!.weights({ exitCount: 3, epoch: 1, exitCosts: [0.2, 0.6, 1.1], parameters }), [1, 3, 5])
})

test('has a slope of 1 unless an experiment says otherwise', () => {
  assert.deepEqual(rising!.parameters.parse({}), { slope: 1 })
})
