import { expect, test } from 'vitest'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'
import { seriesNames } from '../../../../../src/shared/experiment/series.ts'
import { seriesFiles } from '../../../../../src/contract/experiment/experiment.ts'

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

test('a parameter applies to the weighting that has it, the size of a head to that head', () => {
  const swept = (sweep: string) => seriesFiles(parseExperiment(text(sweep), 'toy.yaml'))
  const weightings = swept(
    '  objective.parameters.rampEpochs: [50, 100]\n  objective.weighting: [uniform, sdn, increasing]\n',
  )
  expect(weightings.map(({ file }) => file.objective ?? null)).toEqual([
    null,
    { weighting: 'sdn', parameters: { rampEpochs: 50 } },
    { weighting: 'increasing', parameters: { first: 0.6, last: 1.4 } },
    { weighting: 'sdn', parameters: { rampEpochs: 100 } },
  ])
  expect(weightings[0]!.settings).toEqual({ 'objective.weighting': 'uniform' })
  const heads = swept('  network.head: [pooled, gpf]\n  network.gpfDim: [8, 16]\n')
  expect(heads.map(({ file: { network } }) => [network.head, network['gpfDim']])).toEqual([
    ['pooled', undefined],
    ['gpf', 8],
    ['gpf', 16],
  ])
})

test('series that differ in such a parameter are named by it', () => {
  const file = parseExperiment(
    text('  objective.weighting: [uniform, sdn]\n  objective.parameters.rampEpochs: [5, 9]\n'),
    'toy.yaml',
  )
  expect(seriesNames(seriesFiles(file).map(({ settings }) => ({ regime: 'joint', settings })))).toEqual([
    'joint · weighting uniform',
    'joint · weighting sdn, ramp epochs 5',
    'joint · weighting sdn, ramp epochs 9',
  ])
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
  [
    '  network.file: [a.onnx, b.onnx]\n',
    '6 sweep network.file: network.file cannot be swept; write an experiment for each value',
  ],
  ['  training.batchSize: [1, 2, 3, 4, 5, 6, 7, 8]\n  training.epochs: [1, 2, 3, 4, 5, 6, 7]\n', '5 sweep: 112 series'],
  ['  network.exits: [[0], [7]]\n', undefined],
  [
    '  objective.weighting: [uniform, increasing]\n  objective.parameters.rampEpochs: [50]\n',
    '7 sweep objective.parameters.rampEpochs: no value of sweep.objective.weighting has it; add sdn there, or leave it out',
  ],
  [
    '  objective.weighting: [sdn]\n  objective.parameters.rampEpochs: [0]\n',
    '7 sweep objective.parameters.rampEpochs 0: expected a whole number above 0',
  ],
  ['  objective.parameters.rampEpochs: [50]\n', '6 sweep objective.parameters.rampEpochs 0: '],
])('names what is wrong with a sweep, and its place: %j', (sweep, expected) => {
  const [found] = problems(sweep)
  if (expected === undefined) expect(found).toBeUndefined()
  else expect(found).toContain(expected)
})

test('a swept setting that the file names as well is refused', () => {
  expect(problems('  network.head: [pooled, conv]\n', 'blockCounts: [1, 1], head: conv')).toEqual([
    '6 sweep network.head: network.head is also set in the file; remove one of them',
  ])
})

test('a network file that is swept is refused once, whether it is named in the file as well or not', () => {
  const sweep = '  network.file: [a.onnx, b.onnx]\n'
  const refused = 'network.file cannot be swept; write an experiment for each value, with network.file of its own'
  for (const network of ['exits: [0]', 'file: a.onnx, exits: [0]']) {
    const problem = () => parseExperiment(text(sweep, network).replace('resnet', 'onnx'), 'toy.yaml')
    const found = { path: ['sweep', 'network.file'], message: refused }
    expect(problem).toThrow(expect.objectContaining({ fields: { problems: [expect.objectContaining(found)] } }))
  }
})

test('a setting that others need may be swept alone', () => {
  expect(problems('  network.variant: [resnet18, resnet34]\n', 'exits: [2]')).toEqual([])
})

test('a problem of a setting whose name begins alike is not attributed to the swept value', () => {
  const found = problems('  network.block: [basic, bottleneck]\n', 'blockCounts: [1, -1]')
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^3 network blockCounts 1: /)
})

test.each([
  ['training.learningRate: [1e-3, .nan]', '6 sweep training.learningRate 1: expected a number above 0; got NaN'],
  ['training.learningRate: [1e-3, 1e400]', '6 sweep training.learningRate 1: expected a number above 0; got Infinity'],
  ['data.validation.seed: [1e400, 1]', '6 sweep data.validation.seed 0: expected a whole number; got Infinity'],
  ['network.exits: [[.nan], [1]]', '6 sweep network.exits 0: expected a whole number from 0; got NaN'],
  [
    'training.learningRate: [!!binary aGk=]',
    '6 sweep training.learningRate 0: expected a number above 0; got a mapping',
  ],
])('a value that JSON does not have is refused at its line with what is expected: %s', (sweep, problem) => {
  expect(problems(`  ${sweep}\n`)).toEqual([problem])
})

test('a value of the wrong kind is one problem, though a sweep takes no such value of any setting', () => {
  expect(problems('  training.learningRate: [[[1]]]\n')).toEqual([
    '6 sweep training.learningRate 0: expected a number above 0; got a list',
  ])
})

test.each([
  ['  training.learningRate: 0.01', '6 sweep training.learningRate: expected a list of at least one item'],
  ['  training.learningRate:', '6 sweep training.learningRate: expected a list of at least one item'],
  ['  - training.learningRate', '5 sweep: expected a mapping; got a list'],
  ['  pooled', '6 sweep: expected a mapping; got "pooled"'],
  ['', '5 sweep: expected a mapping; got nothing'],
])('what is no list of values of a setting is refused: %s', (sweep, problem) => {
  expect(problems(sweep)).toEqual([expect.stringContaining(problem)])
})
