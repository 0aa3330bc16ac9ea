import { describe, expect, it } from 'vitest'
import { keyName } from '../../../../../src/shared/basics/error.ts'
import type { FileProblem, InvalidExperiment } from '../../../../../src/main/host/experiments/file/file-problem.ts'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'

const good = `name: example
data:
  source: fashion-mnist
network:
  family: resnet
  blockCounts: [2, 2, 2]
  widths: [16, 32, 64]
  exits: [0, 2, 4]
regimes: [disjoint, joint, mixed]
`

function refusal(source: string): InvalidExperiment {
  try {
    parseExperiment(source, 'bad.yaml')
  } catch (error) {
    return error as InvalidExperiment
  }
  throw new Error('expected a refusal')
}

/** `line:column key: message` of each problem. */
function problems(source: string): string[] {
  return refusal(source).fields.problems.map(
    ({ line, column, path, message }: FileProblem) => `${line}:${column} ${keyName(path)}: ${message}`,
  )
}

/** The good file with one line replaced. */
function changed(line: number, text: string): string {
  return good
    .split('\n')
    .map((old, index) => (index === line - 1 ? text : old))
    .join('\n')
}

describe('an experiment file', () => {
  it('fills in every default', () => {
    const experiment = parseExperiment(good, 'good.yaml')
    expect(experiment.seeds).toEqual([1])
    expect(experiment.training.batchSize).toBe(128)
    expect(experiment.training.schedule).toEqual({
      kind: 'cosine-warm-restarts',
      cycleEpochs: null,
      cycleFactor: 1,
      minimumLearningRate: 0,
    })
    expect(experiment.data.validation).toEqual({ fraction: 0.1, seed: 42 })
    expect(experiment.network).toMatchObject({ head: 'pooled' })
  })

  it('may be JSON, and may use anchors', () => {
    expect(parseExperiment(JSON.stringify(parseExperiment(good, 'a')), 'b')).toEqual(parseExperiment(good, 'a'))
    const shared = changed(6, '  blockCounts: &n [2, 2, 2]').replace('[16, 32, 64]', '*n')
    expect(parseExperiment(shared, 'c').network).toMatchObject({ widths: [2, 2, 2] })
  })

  it('names an unknown key, the nearest known one and all known ones', () => {
    expect(problems(changed(8, '  exit: [0, 2, 4]'))).toEqual([
      '8:3 network.exit: unknown key; did you mean "exits"? expected one of family, variant, blockCounts, widths, block, stem, maxPool, exits, head, gpfDim',
    ])
  })

  it('does not report a key as missing that was only misspelt', () => {
    expect(problems(changed(9, 'regime: [joint]'))).toEqual([
      '9:1 regime: unknown key; did you mean "regimes"? expected one of name, extensions, data, network, regimes, seeds, sweep, objective, initial, training, probes',
    ])
  })

  it('names the place of a key that is at a wrong one', () => {
    expect(problems(`${good}training:\n  patience: 3\n`)[0]).toContain(
      '11:3 training.patience: unknown key; did you mean training.earlyStopping.patience?',
    )
  })

  it('names the place of a valid key before it suggests a similar one', () => {
    expect(problems(`${good}batchSize: 64\n`)[0]).toContain('unknown key; did you mean training.batchSize?')
    expect(problems(`${good}training: { training: {} }\n`)[0]).toContain('did you mean training at the top level?')
  })

  it('suggests a similar key in the same place alone', () => {
    const [problem] = problems(`${good}seeds: [1]\nseeds2: 3\n`)
    expect(problem).toContain('seeds2: unknown key; expected one of name, ')
    expect(problem).not.toContain('did you mean')
  })

  it('names the kind of mapping that a key of another kind belongs to', () => {
    expect(problems(changed(5, '  family: vit'))[0]).toContain(
      'network.blockCounts: unknown key; blockCounts goes with family: resnet only; expected one of family,',
    )
  })

  it('says which kind of the mapping around a mapping a key of it goes with', () => {
    expect(problems(`${good}objective: { weighting: increasing, parameters: { rampEpochs: 2 } }\n`)[0]).toContain(
      'objective.parameters.rampEpochs: unknown key; rampEpochs goes with weighting: sdn only; expected one of first, last',
    )
  })

  it.each(['first: 1.0e308', 'last: 1.0e-320'])('refuses a weight that float32 cannot train with: %s', (weight) => {
    expect(problems(`${good}objective: { weighting: increasing, parameters: { ${weight} } }\n`)[0]).toContain(
      'expected a number from 0.000001 up to 1000000',
    )
  })

  it('lists what all kinds of a mapping expect once', () => {
    expect(problems(`${good}objective: { gradients: equilibrum }\n`)[0]).toContain(
      'objective.gradients: expected one of sum, equilibrium; got "equilibrum"; did you mean "equilibrium"?',
    )
  })

  it.each([
    ["'batchSize '", 'unknown key "batchSize "; did you mean "batchSize"?'],
    ['batch\u0421ize', 'unknown key "batch\\u{421}ize"; did you mean "batchSize"?'],
    ['batch\u200bSize', 'unknown key "batch\\u{200b}Size"; did you mean "batchSize"?'],
  ])('shows how %s differs from the key that it looks like', (key, problem) => {
    expect(problems(`${good}training: { ${key}: 64 }\n`)[0]).toContain(problem)
  })

  it('says of a mapping that may have no key that it is empty', () => {
    expect(problems(`${good}objective: { parameters: 1 }\n`)[0]).toContain(
      'objective.parameters: expected an empty mapping, a mapping with first, last, or a mapping with rampEpochs; got 1',
    )
  })

  it('says of a head that is no name nothing but that', () => {
    expect(problems(changed(8, '  head: { name: gpf }\n  gpfDim: 8'))).toEqual([
      expect.stringMatching(/^8:3 network\.head: expected one of .*; got a mapping$/),
    ])
  })

  it('names a wrong word, the right ones and the nearest', () => {
    expect(problems(changed(9, 'regimes: [disjoint, joint, mixd]'))).toEqual([
      '9:28 regimes[2]: expected one of disjoint, joint, mixed, branch-wise, separate, alternating, mixed-gradual, backbone, or a mapping with name, phases; got "mixd"; did you mean "mixed"?',
    ])
    expect(problems(changed(5, '  family: resnt'))[0]).toBe(
      '5:11 network.family: expected one of resnet, vit, bert, msdnet, onnx; got "resnt"; did you mean "resnet"?',
    )
  })

  it.each([
    [
      '  batchSize: "128"',
      '11:14 training.batchSize: expected a whole number above 0; got "128"; write numbers without quotes',
    ],
    ['  batchSize: 12.5', '11:14 training.batchSize: expected a whole number above 0; got 12.5'],
    ['  learningRate: 0', '11:17 training.learningRate: expected a number above 0; got 0'],
    [
      '  learningRate: [0.002, 0.01]',
      '11:3 training.learningRate: expected a number above 0; got a list; to train each of several values, write sweep: { training.learningRate: [0.002, 0.01] }',
    ],
    ['  learningRate: .nan', '11:17 training.learningRate: expected a number above 0; got NaN'],
    ['  learningRate: .inf', '11:17 training.learningRate: expected a number above 0; got Infinity'],
    ['  beta1: 1', '11:10 training.beta1: expected a number from 0 and below 1; got 1'],
    ['  clipNorm: -1', '11:13 training.clipNorm: expected a number above 0, null, or auto; got -1'],
    [
      '  clipNorm: aut',
      '11:13 training.clipNorm: expected a number above 0, null, or auto; got "aut"; did you mean "auto"?',
    ],
    ['  keep:', '11:3 training.keep: expected one of last-improvement, last-epoch; got nothing'],
    ['  keep: [last-epoch]', '11:3 training.keep: expected one of last-improvement, last-epoch; got a list'],
    [
      '  epochs: 99999999999999999999',
      '11:11 training.epochs: expected a whole number above 0; got 100000000000000000000; the largest is 9007199254740991',
    ],
    [
      '  schedule: { kind: cosine }',
      '11:21 training.schedule.kind: expected one of constant, cosine-warm-restarts, linear-warm-up; got "cosine"; did you mean "cosine-warm-restarts"?',
    ],
    [
      '  schedule: cosine',
      '11:13 training.schedule: expected kind: constant, kind: cosine-warm-restarts, or kind: linear-warm-up; got "cosine"',
    ],
    [
      '  earlyStopping: 5',
      '11:18 training.earlyStopping: expected a mapping with patience, metric, delta; got 5; did you mean { patience: 5 }?',
    ],
    [
      '  earlyStopping: { patience: 0 }',
      '11:30 training.earlyStopping.patience: expected a whole number above 0, or null; got 0',
    ],
  ])('refuses %s', (line, problem) => {
    expect(problems(`${good}training:\n${line}\n`)).toEqual([problem])
  })

  it.each([
    [
      'al',
      '8:10 network.exits: expected a list, each a whole number from 0, a mapping with every, or one of all, dense-sparse, sparse-dense; got "al"; did you mean "all"?',
    ],
    ['[]', '8:3 network.exits: regime disjoint needs at least one early exit; this network has none'],
    ['{ evry: 2 }', '8:12 network.exits.evry: unknown key; did you mean "every"? expected one of every'],
    ['{ every: 0 }', '8:19 network.exits.every: expected a whole number above 0; got 0'],
    ['[0, -1]', '8:14 network.exits[1]: expected a whole number from 0; got -1'],
    ['[0, 2, 2]', '8:17 network.exits[2]: exit 2 is item 1 already; expected each exit once'],
  ])('explains exits: %s', (exits, problem) => {
    expect(problems(changed(8, `  exits: ${exits}`))).toEqual([problem])
  })

  it('finds repeated regimes and seeds', () => {
    expect(problems(`${changed(9, 'regimes: [joint, joint]')}seeds:\n  - 1\n  - 2\n  - 1\n`)).toEqual([
      '9:18 regimes[1]: regime joint is item 0 already; expected each regime once',
      '13:5 seeds[2]: seed 1 is item 0 already; expected each seed once',
    ])
  })

  it('finds settings that contradict each other', () => {
    expect(problems(changed(3, '  source: image-folder'))[0]).toBe(
      '3:11 data.source: image-folder needs data.path, the location of your own files',
    )
    expect(problems(changed(3, '  source: mnist\n  testFraction: 0.1'))[0]).toContain(
      '4:17 data.testFraction: mnist takes none: only image-folder, fortunes, text-table, text-folder do',
    )
    expect(problems(changed(3, '  source: mnist\n  mixing: { mixupAlpha: 0, cutmixAlpha: 0 }'))[0]).toContain(
      'data.mixing: both alphas are 0',
    )
    expect(problems(changed(6, '  variant: resnet34\n  blockCounts: [2, 2, 2]'))[0]).toContain(
      'network.blockCounts: expected either variant or blockCounts',
    )
    expect(problems(changed(7, '  widths: [16, 32]'))[0]).toContain(
      'network.widths: expected one width for each of the 3 stages',
    )
    expect(problems(changed(6, '').replace(/ {2}widths.*\n/, ''))[0]).toContain('resnet needs either variant')
    expect(
      problems(
        `${good}training: { learningRate: 1e-4, schedule: { kind: cosine-warm-restarts, minimumLearningRate: 1e-3 } }`,
      )[0],
    ).toContain('expected at most training.learningRate, 0.0001; got 0.001')
  })

  it('reports every problem at once, in the order of lines', () => {
    const found = problems(
      'nmae: x\nseeds: [1, 1]\ndata:\n  source: mnst\nnetwork: { family: vit, depth: 0 }\nregimes: joint\n',
    )
    expect(found.map((problem) => problem.split(' ', 2).join(' '))).toEqual([
      '1:1 nmae:',
      '2:12 seeds[1]:',
      '4:11 data.source:',
      '5:32 network.depth:',
      '6:10 regimes:',
    ])
  })

  it('points at the enclosing key for what is missing', () => {
    expect(problems(changed(3, '  pad: 2'))).toEqual([
      '2:1 data.source: missing; expected one of fashion-mnist, mnist, cifar10, cifar100, tiny-imagenet, imagenette, imagenet, image-folder, newsgroups, sts-b, fortunes, text-table, text-folder',
    ])
    expect(problems(good.replace(/^name.*\n/, ''))).toEqual(['1:1 name: missing; expected text of 1 to 120 characters'])
  })

  it('points at the text an alias stands for', () => {
    expect(
      problems(good.replace('[2, 2, 2]', '&n [2, two, 2]').replace('[16, 32, 64]', '*n')).map((text) =>
        text.slice(0, 22),
      ),
    ).toEqual(['6:23 network.blockCoun', '6:23 network.widths[1]'])
  })

  it('refuses a key given twice, and goes on to the other problems', () => {
    expect(problems(changed(7, '  blockCounts: [3, 3, 3]').replace('mixed', 'mixd'))).toEqual([
      '7:3 network.blockCounts: key repeated from line 6; expected each key once',
      expect.stringContaining('9:28 regimes[2]'),
    ])
  })

  it.each([
    ['a tab', 'name: x\n\tdata: y\n', '2:1 : tab used for indentation; YAML requires spaces'],
    ['an open bracket', 'name: [x\n', '2:1 : not valid YAML'],
    ['bad indentation', 'name: x\n   data: y\n', 'not valid YAML'],
    [
      'two documents',
      `${good}---\n${good}`,
      '10:1 : a second YAML document starts here; expected one experiment in a file',
    ],
    ['a tag', 'name: !!js/function x\n', '1:7 : tags such as !name or !!name'],
    ['an unknown alias', 'name: *x\n', '1:7 : no anchor &x before the alias *x'],
    ['a merge key', 'a: &a { x: 1 }\nb: { <<: *a }\n', '2:6 : merge keys (<<) are not of YAML 1.2; write out the keys'],
    ['a complex key', '? [a]\n: b\n', 'a key must be a plain word'],
    ['nothing', '', '1:1 : expected a mapping with name, data, network and regimes; got an empty file'],
    ['a comment only', '# soon\n', 'got an empty file'],
    ['a list', '- joint\n', '1:1 : expected a mapping with name, data, network and regimes; got a list'],
    ['a word', 'joint\n', 'got a single value'],
    ['deep nesting', `name: ${'['.repeat(20_000)}`, 'nested too deeply'],
  ])('refuses %s', (_what, source, problem) => {
    expect(problems(source)[0]).toContain(problem)
  })

  it.each([
    ['20,000 brackets', '['.repeat(20_000), 'nested too deeply'],
    ['20 brackets', '['.repeat(20), 'end with a ]'],
  ])('says once that %s are not closed', (_what, brackets, message) => {
    expect(problems(`name: ${brackets}`)).toEqual([expect.stringContaining(message)])
  })

  it('refuses aliases that multiply', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    )
    const bomb = `l0: &l0 [x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`
    expect(problems(bomb)[0]).toContain('aliases expand to too much')
  })

  it('refuses too many aliases before it resolves them', () => {
    const source = `${good}x: &x 1\ny: [${'*x, '.repeat(50_000)}]\n`
    expect(problems(source)).toEqual([expect.stringMatching(/^11:\d+ : more than 100 aliases; write out/)])
  })

  it('lists a limited number of problems', () => {
    expect(problems('a: 1\n'.repeat(5000))).toHaveLength(1000)
  })

  it('survives a value that contains itself', () => {
    expect(problems(changed(8, '  exits: &e [*e]'))[0]).toContain(
      '8:14 network.exits[0]: expected a whole number from 0; got a list',
    )
  })

  it('accepts keys named like object properties as keys', () => {
    for (const key of ['__proto__', 'constructor', 'toString'])
      expect(problems(`${good}${key}: 1\n`)[0]).toContain(`10:1 ${key}: unknown key`)
  })

  it('stops reading after the maximum number of problems', () => {
    const source = Array.from({ length: 5000 }, (_, index) => `key${index}: 1`).join('\n')
    expect(problems(source).filter((problem) => problem.includes('unknown key'))).toHaveLength(200)
    expect(refusal(source).message).toMatch(/\n\nand 17\d more$/)
  })
})

describe('the message about an experiment file', () => {
  it('shows each place as file:line:column with the line and a mark under the word', () => {
    const error = refusal(changed(3, '  source: fashon-mnist'))
    expect(error.code).toBe('invalid-experiment')
    expect(error.message).toBe(
      `1 problem in bad.yaml

bad.yaml:3:11: data.source: expected one of fashion-mnist, mnist, cifar10, cifar100, tiny-imagenet, imagenette, imagenet, image-folder, newsgroups, sts-b, fortunes, text-table, text-folder; got "fashon-mnist"; did you mean "fashion-mnist"?
  3 |   source: fashon-mnist
    |           ^^^^^^^^^^^^`,
    )
  })
})
