import { expect, test } from 'vitest'
import { parseExperiment } from '../../../src/main/host/experiment-file/read-experiment.ts'
import { seriesFiles } from '../../../src/shared/experiment.ts'

const text = (sweep: string, network = 'blockCounts: [1, 1]') => `name: toy
data: { source: mnist }
network: { family: resnet, ${network} }
regimes: [joint, mixed]
sweep:
${sweep}`

function problems(sweep: string, network?: string): string[] {
  try {
    parseExperiment(text(sweep, network), 'toy.yaml')
  } catch (error) {
    return (error as { fields: { problems: { line: number; path: string[]; message: string }[] } }).fields.problems.map(
      ({ line, path, message }) => `${line} ${path.join(' ')}: ${message}`,
    )
  }
  return []
}

test('each combination of the values is an experiment of its own', () => {
  const file = parseExperiment(text('  network.head: [pooled, conv]\n  training.epochs: [2, 3, 4]\n'), 'toy.yaml')
  const files = seriesFiles(file)
  expect(files.map(({ file: { network, training } }) => [network.head, training.epochs])).toEqual([
    ['pooled', 2],
    ['pooled', 3],
    ['pooled', 4],
    ['conv', 2],
    ['conv', 3],
    ['conv', 4],
  ])
  expect(files[4]!.settings).toEqual({ 'network.head': 'conv', 'training.epochs': 3 })
  expect(files.every((each) => each.file.sweep === undefined)).toBe(true)
})

test('an experiment that sweeps nothing is its own only series', () => {
  const file = parseExperiment(text('').replace('sweep:\n', ''), 'toy.yaml')
  expect(seriesFiles(file)).toEqual([{ settings: {}, file }])
})

test.each([
  ['  network.haed: [pooled]\n', '6 sweep network.haed: unknown setting; did you mean "network.head"?'],
  ['  network.head: [pooled, convv]\n', '6 sweep network.head 1: expected one of pooled, '],
  ['  training.epochs: [2, -1]\n', '6 sweep training.epochs 1: expected a whole number above 0; got -1'],
  ['  network.exits: [{ evry: 2 }]\n', '6 sweep network.exits 0: '],
  ['  training.epochs: [2, 2]\n', '6 sweep training.epochs 1: repeats item 0'],
  ['  data.source: [mnist, cifar10]\n', '6 sweep data.source: data.source cannot be swept'],
  ['  training.batchSize: [1, 2, 3, 4, 5, 6, 7, 8]\n  training.epochs: [1, 2, 3, 4, 5, 6, 7]\n', '5 sweep: 112 series'],
  ['  network.exits: [[0], [7]]\n', undefined],
])('what is wrong with a sweep is named, with the place: %j', (sweep, expected) => {
  const [found] = problems(sweep)
  if (expected === undefined) expect(found).toBeUndefined()
  else expect(found).toContain(expected)
})

test('a swept setting that the file names as well is refused', () => {
  expect(problems('  network.head: [pooled, conv]\n', 'blockCounts: [1, 1], head: conv')).toEqual([
    '6 sweep network.head: network.head is also set in the file; remove one of them',
  ])
})

test('a setting that others need may be swept alone', () => {
  expect(problems('  network.variant: [resnet18, resnet34]\n', 'exits: [2]')).toEqual([])
})

test('a problem of another setting whose name begins alike is not one of the swept value', () => {
  const found = problems('  network.block: [basic, bottleneck]\n', 'blockCounts: [1, -1]')
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^3 network blockCounts 1: /)
})
