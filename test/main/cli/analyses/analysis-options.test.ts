import { analyses } from '../../../../src/readings/analyses/index.ts'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { analysisOptions, flagOf, parametersOf } from '../../../../src/main/cli/analyses/analysis-options.ts'

/** What a command with the options of a kind makes of some words. */
function read(kind: string, ...words: string[]): Record<string, unknown> {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  for (const option of analysisOptions(kind)) command.addOption(option)
  return parametersOf(kind, command.parse(words, { from: 'user' }).opts())
}

describe.each(analyses.names())('options of %s', (kind) => {
  it('are its parameters, each described and with its default', () => {
    const { parameters } = analyses.get(kind)
    const defaults = parameters.parse({}) as Record<string, unknown>
    const given = read(kind)
    expect(parameters.parse(given)).toEqual(defaults)
    const options = analysisOptions(kind)
    expect(options.map(({ long }) => long)).toEqual(Object.keys(parameters.shape).map(flagOf))
    for (const { description } of options) expect(description).toMatch(/^\S.{9,}[^.]$/s)
  })
})

it('read numbers, names and answers', () => {
  expect(read('mode-connectivity', '--points', '11', '--matched', 'no', '--batch-norm', 'interpolated')).toMatchObject({
    points: 11,
    matched: false,
    batchNorm: 'interpolated',
  })
  expect(read('numerical-rank', '--threshold', '1e-4')).toMatchObject({ threshold: 1e-4 })
  expect(read('gradient-dominance', '--epoch', '3')).toMatchObject({ epoch: 3 })
  expect(read('gradient-dominance')).not.toHaveProperty('epoch')
})

it.each<[string, string, string, string]>([
  ['loss-landscape', '--points', '24', 'Must be odd'],
  ['loss-landscape', '--points', '', 'Expected a whole number from 3 up to 101.'],
  ['loss-landscape', '--reach', 'far', 'Expected a number from 0.001 up to 10.'],
  ['loss-landscape', '--draws', '11', 'Expected a whole number from 1 up to 10.'],
  ['gradient-dominance', '--epoch', '0', 'Expected a whole number above 0.'],
  ['mode-connectivity', '--matched', 'perhaps', 'Expected yes or no.'],
  ['mutual-information', '--sigma', '1e-9', 'Expected a number from 0.001 up to 1000.'],
  ['numerical-rank', '--definition', 'svd', 'Expected one of covariance, tolerance.'],
])('refuse what the schema refuses: %s %s %j', (kind, flag, word, reason) => {
  expect(() => read(kind, flag, word)).toThrow(reason)
})
