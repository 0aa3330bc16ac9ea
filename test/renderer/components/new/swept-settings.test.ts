import { expect, test } from 'vitest'
import {
  firstOfSweep,
  sweepableSettings,
  sweepWords,
  sweptLists,
} from '../../../../src/renderer/components/new/swept-settings.ts'
import { schema } from '../../support/experiment-schema.ts'

const swept = {
  network: { family: 'resnet' },
  sweep: { 'objective.parameters.rampEpochs': [50, 100], 'objective.weighting': ['uniform', 'sdn'] },
}

test('a combination counts once, however many values a parameter has that does not apply to it', () => {
  expect(sweepWords(sweptLists(swept), 2, 3)).toBe('3 combinations × 2 regimes = 6 series × 3 seeds = 18 runs')
  expect(sweepWords(sweptLists({ sweep: { 'training.epochs': [1, 2] } }), 1, 1)).toMatch(/^2 combinations/)
})

test('parameters of every swept weighting can be swept, those of others not', () => {
  const keys = sweepableSettings(schema, swept).map(({ key }) => key)
  expect(keys).toContain('objective.parameters.rampEpochs')
  expect(keys).not.toContain('objective.parameters.first')
  expect(new Set(keys).size).toBe(keys.length)
})

test('the first of a sweep has the parameters of its own weighting', () => {
  expect(firstOfSweep(swept)['objective']).toEqual({ weighting: 'uniform' })
})

test('only settings that the data set takes can be swept', () => {
  const keysOf = (source: string) =>
    sweepableSettings(schema, { data: { source }, network: { family: 'resnet' } }).map(({ key }) => key)
  const ofTexts = ['data.maxLength', 'data.tokenizer', 'data.columns.text']
  expect(keysOf('mnist').filter((key) => ofTexts.includes(key))).toEqual([])
  expect(keysOf('mnist')).toEqual(expect.arrayContaining(['data.limit.train', 'data.augmentation']))
  expect(keysOf('newsgroups')).toContain('data.maxLength')
  expect(keysOf('newsgroups')).not.toContain('data.augmentation')
})
