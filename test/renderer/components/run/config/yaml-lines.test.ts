import { describe, expect, it } from 'vitest'
import { yamlLines, yamlText } from '../../../../../src/renderer/components/run/config/yaml-lines.ts'

const kinds = (line: string) => yamlLines(line)[0]!.tokens.map(({ kind, text }) => `${kind} ${text.trim()}`)

it('writes lists of numbers in one line', () => {
  expect(yamlText({ network: { exits: [1, 2, 3] }, seed: 1 })).toBe('network:\n  exits: [1, 2, 3]\nseed: 1\n')
})

it('knows the setting on each line', () => {
  const paths = yamlLines('data:\n  limit: # both\n    train: 8000\n\nnotes: |\n  a: b\n').map(({ path }) => path)
  expect(paths).toEqual(['data', 'data.limit', 'data.limit.train', null, 'notes', null])
})

describe('the pieces of a line', () => {
  it.each([
    ['seed: 1', ['key seed', 'plain :', 'value 1']],
    ['exits: [1, 2]', ['key exits', 'plain :', 'value [1, 2]']],
    ['source: mnist # small', ['key source', 'plain :', 'text mnist', 'comment # small']],
    ['name: "a # b" # c', ['key name', 'plain :', 'text "a # b"', 'comment # c']],
    ["name: it's#1", ['key name', 'plain :', "text it's#1"]],
    ['# all of it', ['comment # all of it']],
    ['- mixed', ['text - mixed']],
  ])('of %s', (line, expected) => {
    expect(kinds(line)).toEqual(expected)
  })

  it('put together are the line', () => {
    const text = yamlText({ name: 'x: "y" # z', list: [{ a: null }], rate: 1e-8, flag: true })
    const again = yamlLines(text).map(({ tokens }) => tokens.map((token) => token.text).join(''))
    expect(again.join('\n') + '\n').toBe(text)
  })
})
