import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  readYamlText,
  withItems,
  withOrder,
  withoutValue,
  withValue,
  writtenValue,
} from '../../../../src/renderer/components/new/yaml-text.ts'
import { TypedText } from '../../../../src/renderer/components/setting/setting-value.ts'

const quickstart = readFileSync(new URL('../../../../examples/quickstart.yaml', import.meta.url), 'utf8')

/** Lines of two texts that differ. */
function changes(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) }
}

describe('changing a value', () => {
  test('changes its line alone, comment kept', () => {
    expect(changes(quickstart, withValue(quickstart, ['training', 'epochs'], new TypedText('12')))).toEqual({
      gone: ['  epochs: 8 # of each phase'],
      come: ['  epochs: 12 # of each phase'],
    })
  })

  test('writes numbers as they were typed', () => {
    const text = withValue(quickstart, ['training', 'learningRate'], new TypedText('2.5e-4'))
    expect(writtenValue(text, ['training', 'learningRate'])).toBe('2.5e-4')
    expect(readYamlText(text)).toMatchObject({ values: { training: { learningRate: 0.00025 } } })
  })

  test('inside braces keeps the braces', () => {
    expect(changes(quickstart, withValue(quickstart, ['data', 'limit', 'train'], 4000)).come).toEqual([
      '  limit: { train: 4000 } # enough to see the difference; leave it out to train on all 60,000',
    ])
    expect(changes(quickstart, withValue(quickstart, ['data', 'limit', 'test'], 100)).come).toEqual([
      '  limit: { train: 8000, test: 100 } # enough to see the difference; leave it out to train on all 60,000',
    ])
  })

  test('adds a missing key at the end of its section, and a missing section at the end', () => {
    const text = withValue(quickstart, ['training', 'batchSize'], 64)
    expect(changes(quickstart, text)).toEqual({ gone: [], come: ['  batchSize: 64'] })
    const short = 'name: a\nnetwork:\n  family: vit\n'
    expect(withValue(short, ['training', 'earlyStopping', 'patience'], null)).toBe(
      `${short}training:\n  earlyStopping:\n    patience: null\n`,
    )
  })

  test('can replace a section by a value and a value by a section', () => {
    const list = withValue(quickstart, ['network', 'exits'], 'all')
    expect(changes(quickstart, list).come).toEqual([expect.stringMatching(/^ {2}exits: all # an exit after/)])
    expect(changes(list, withValue(list, ['network', 'exits'], [0, 2])).come).toEqual([
      expect.stringMatching(/^ {2}exits: \[0, 2\]/),
    ])
    expect(readYamlText(withValue('a: 1\n', ['a', 'b'], 2))).toEqual({ values: { a: { b: 2 } } })
  })
})

test('removing a value removes an empty section with it', () => {
  const text = withoutValue(quickstart, ['data', 'limit', 'train'])
  expect(changes(quickstart, text)).toEqual({ gone: [expect.stringContaining('limit')], come: [] })
  expect(withoutValue('a:\n  b: 1\n', ['a', 'b'], ['a'])).toBe('a: {}\n')
})

describe('changing a list', () => {
  test('keeps the comments of what stays', () => {
    const text = withItems(quickstart, ['regimes'], ['disjoint', 'mixed', 'separate'])
    expect(changes(quickstart, text)).toEqual({
      gone: ['  - joint # everything at once'],
      come: ['  - separate'],
    })
  })

  test('in brackets keeps the brackets', () => {
    expect(changes(quickstart, withItems(quickstart, ['seeds'], [1, 2, 3])).come).toEqual([
      expect.stringMatching(/^seeds: \[1, 2, 3\] # more seeds/),
    ])
  })

  test('that is missing creates it', () => {
    expect(withItems('name: a\n', ['seeds'], [1, 2])).toBe('name: a\nseeds: [1, 2]\n')
  })
})

test('reports why a text is invalid', () => {
  expect(readYamlText('name: [')).toEqual({ fault: expect.any(String) as string })
  expect(readYamlText('- a\n- b\n')).toEqual({ fault: 'An experiment file must be a YAML mapping of keys and values' })
  expect(readYamlText('')).toEqual({ fault: 'An experiment file must be a YAML mapping of keys and values' })
})

test.each(['resnet20-fashion-mnist', 'paper/resnet34-cifar100', 'paper/vit-t-cifar100'])(
  'in %s a new batch size changes one line',
  (name) => {
    const text = readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8')
    const { gone, come } = changes(text, withValue(text, ['training', 'batchSize'], 32))
    expect(come).toEqual(['  batchSize: 32'])
    expect(gone.length).toBeLessThanOrEqual(1)
  },
)

test('keeps an item of a list that is a mapping as it is written, by its name', () => {
  const text = 'regimes:\n  - joint\n  - name: mine # my own\n    phases:\n      - trains: all\n'
  expect(withItems(text, ['regimes'], ['joint', 'mine', 'mixed'])).toBe(`${text}  - mixed\n`)
  expect(withItems(text, ['regimes'], ['joint'])).toBe('regimes:\n  - joint\n')
})

describe('another order of a list', () => {
  const text = 'a: 1 # one\nregimes:\n  - joint # first\n  - mixed\nb: [1, 2]\n'

  test('keeps what is written beside its items, copies what is named twice, and adds mappings in lines', () => {
    const added = { name: 'mine', phases: [{ trains: ['stem', 'blocks.0-3'] }, { trains: 'all' }] }
    expect(withOrder(text, ['regimes'], [1, 0, added])).toBe(
      'a: 1 # one\nregimes:\n  - mixed\n  - joint # first\n  - name: mine\n    phases:\n' +
        '      - trains: [stem, blocks.0-3]\n      - trains: all\nb: [1, 2]\n',
    )
    expect(withOrder(text, ['regimes'], [0, 0])).toContain('  - joint # first\n  - joint # first\n')
  })

  test('takes a list in one line apart where it gets a mapping', () => {
    const flow = 'regimes: [joint, mixed]\nseeds: [1]\n'
    expect(withOrder(flow, ['regimes'], [1, { name: 'mine' }])).toBe(
      'regimes:\n  - mixed\n  - name: mine\nseeds: [1]\n',
    )
    expect(withOrder('seeds: [1]\n', ['regimes'], [{ name: 'mine' }])).toBe('seeds: [1]\nregimes:\n  - name: mine\n')
  })
})

describe('a text with aliases', () => {
  const text = `regimes:
  - name: own
    phases:
      - &first { trains: backbone, training: &slow { learningRate: 0.1 } } # of its own
      - *first
      - { trains: all, training: *slow } # slowly
other: &kept 1
`
  const [backbone, all] = ['backbone', 'all'].map((trains) => ({ trains, training: { learningRate: 0.1 } }))
  const phases = (edited: string) =>
    (readYamlText(edited) as { values: { regimes: [{ phases: unknown[] }] } }).values.regimes[0].phases
  const at = (phase: number, ...keys: string[]) => ['regimes', 0, 'phases', phase, ...keys]

  test.each<[string, string, unknown[]]>([
    ['of an alias', withValue(text, at(1, 'trains'), 'heads'), [backbone, { ...backbone, trains: 'heads' }, all]],
    ['of an anchor', withValue(text, at(0, 'trains'), 'heads'), [{ ...backbone, trains: 'heads' }, backbone, all]],
    [
      'within an alias',
      withValue(text, at(2, 'training', 'epochs'), 3),
      [backbone, backbone, { trains: 'all', training: { learningRate: 0.1, epochs: 3 } }],
    ],
    ['that removes', withoutValue(text, at(1, 'training')), [backbone, { trains: 'backbone' }, all]],
    ['of the order', withOrder(text, ['regimes', 0, 'phases'], [1, 2]), [backbone, all]],
  ])('an edit %s changes this place alone, and keeps what aliases stand for', (_, edited, expected) => {
    expect(phases(edited)).toEqual(expected)
  })

  test('keeps comments where they are, and anchors that no alias names', () => {
    const edited = withValue(text, at(1, 'trains'), 'heads')
    expect(edited.match(/#.*/g)).toEqual(['# of its own', '# slowly'])
    expect(edited).toContain('other: &kept 1')
  })

  test('has values where an alias stands for them', () => {
    expect(writtenValue(text, at(2, 'training', 'learningRate'))).toBe('0.1')
  })
})

describe('a text that is laid out in another way than the library does', () => {
  const four = `name: x
training:
    epochs: 10
    schedule:
        kind: cosine
seeds:
- 1
- 2
`

  test('keeps its indentation', () => {
    const text = withValue(four, ['training', 'schedule', 'warmup'], 2)
    expect(changes(four, text)).toEqual({ gone: [], come: ['        warmup: 2'] })
    expect(changes(text, withValue(text, ['training', 'epochs'], 20)).come).toEqual(['    epochs: 20'])
    const two = four.replaceAll('    ', '  ')
    expect(changes(two, withItems(two, ['seeds'], [1, 2, 3])).come).toEqual(['- 3'])
    expect(readYamlText(withItems(four, ['seeds'], [1, 2, 3]))).toMatchObject({ values: { seeds: [1, 2, 3] } })
  })

  test('means what was written, however it is indented', () => {
    const mixed = four.replace('        kind', '     kind')
    const text = withValue(mixed, ['training', 'schedule', 'warmup'], 2)
    expect(readYamlText(text)).toMatchObject({ values: { training: { schedule: { kind: 'cosine', warmup: 2 } } } })
  })

  test('keeps its blank lines, spaces and broken lists', () => {
    const own = `name: x   # aligned
seeds: [1]
regimes: [
  disjoint, # first
  joint,
]


training:
  epochs: 10
  batchSize: 8
`
    expect(changes(own, withValue(own, ['training', 'epochs'], 20))).toEqual({
      gone: ['  epochs: 10'],
      come: ['  epochs: 20'],
    })
    expect(changes(own, withValue(own, ['name'], 'y')).gone).toEqual(['name: x   # aligned'])
  })
})

test('a comment above the first item of a list goes where that item goes', () => {
  const text = `phases:
  # alone
  - trains: backbone
  # together
  - trains: all
`
  expect(withOrder(text, ['phases'], [1, 0])).toBe(`phases:
  # together
  - trains: all
  # alone
  - trains: backbone
`)
})
