import { describe, expect, it } from 'vitest'
import type { InvalidExperiment } from '../../../../../src/main/host/experiments/file/file-problem.ts'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'
import { keyName } from '../../../../../src/shared/basics/error.ts'

const fileWith = (phases: readonly string[], { name = 'mine', training = '{}' } = {}) => `name: own
data: { source: fashion-mnist }
network: { family: resnet, variant: resnet18 }
training: ${training}
regimes:
  - joint
  - name: ${name}
    phases:
${phases.map((phase) => `      - ${phase}\n`).join('')}`

function problemsOf(source: string): string[] {
  try {
    parseExperiment(source, 'own.yaml')
  } catch (error) {
    return (error as InvalidExperiment).fields.problems.map(
      ({ line, column, path, message }) => `${line}:${column} ${keyName(path)}: ${message}`,
    )
  }
  return []
}

it('keeps a regime as it is written, its objective with all parameters', () => {
  const source = fileWith([
    '{ trains: backbone, training: { epochs: 30, earlyStopping: { patience: 5 } } }',
    '{ trains: all, objective: { weighting: increasing }, augmentation: none, mixing: null, learningRates: { backbone: 0.1 } }',
  ])
  const { regimes } = parseExperiment(source, 'own.yaml')
  expect(regimes).toEqual([
    'joint',
    {
      name: 'mine',
      phases: [
        { trains: 'backbone', training: { epochs: 30, earlyStopping: { patience: 5 } } },
        {
          trains: 'all',
          objective: { weighting: 'increasing', parameters: { first: 0.6, last: 1.4 } },
          augmentation: 'none',
          mixing: null,
          learningRates: { backbone: 0.1 },
        },
      ],
    },
  ])
})

it('keeps the uniform objective of a phase, which replaces another one of the experiment', () => {
  const { regimes } = parseExperiment(fileWith(['{ trains: all, objective: { weighting: uniform } }']), 'own.yaml')
  expect(regimes[1]).toMatchObject({ phases: [{ objective: { weighting: 'uniform' } }] })
})

describe('refuses', () => {
  it.each<[string, string[], string[]]>([
    ['no phase', [], ['8:5 regimes[1].phases: expected a list of 1 to 100 items, each a mapping with']],
    [
      '101 phases',
      Array<string>(101).fill('{ trains: all }'),
      ['8:5 regimes[1].phases: expected a list of 1 to 100 items'],
    ],
    ['a phase without parts', ['{ exits: all }'], ['9:9 regimes[1].phases[0].trains: missing; expected']],
    ['an empty list of parts', ['{ trains: [] }'], ['9:11 regimes[1].phases[0].trains: expected']],
    ['an unknown key', ['{ trains: all, epochs: 3 }'], ['9:24 regimes[1].phases[0].epochs: unknown key']],
    [
      'an empty cycle',
      ['{ trains: all, cycle: [] }'],
      ['9:24 regimes[1].phases[0].cycle: expected a list of at least one'],
    ],
    ['a share of 0', ['{ trains: all, share: 0 }'], ['9:31 regimes[1].phases[0].share: expected a number above 0']],
    [
      'a rate that is not a number',
      ['{ trains: all, training: { learningRate: .nan } }'],
      ['9:50 regimes[1].phases[0].training.learningRate: expected a number above 0; got NaN'],
    ],
    [
      'a factor of 0',
      ['{ trains: all, learningRates: { backbone: 0 } }'],
      ['9:51 regimes[1].phases[0].learningRates.backbone: expected a number above 0 up to 1000000; got 0'],
    ],
    [
      'exits and a cycle',
      ['{ trains: all, exits: final, cycle: [all] }'],
      ['9:38 regimes[1].phases[0].cycle: a phase has exits or a cycle of them; leave one of them out'],
    ],
    [
      'exits of the bare backbone',
      ['{ trains: backbone, exits: all }'],
      ['9:36 regimes[1].phases[0].exits: trains: backbone has the final exit alone'],
    ],
    [
      'this exit where there is none',
      ['{ trains: all, exits: this }'],
      ['9:31 regimes[1].phases[0].exits: goes with a repeated phase only; add forEach: exit'],
    ],
    [
      'the segment of an exit where there is none',
      ['{ trains: segment }'],
      ['9:19 regimes[1].phases[0].trains: goes with a repeated phase only; add forEach: exit'],
    ],
    [
      'the same phase again and again',
      ['{ forEach: exit, trains: all }'],
      ['9:20 regimes[1].phases[0].forEach: repeats a phase that is the same each time'],
    ],
    [
      'a later phase to start from',
      ['{ name: a, trains: all, from: b }', '{ name: b, trains: all, from: a }'],
      ['9:39 regimes[1].phases[0].from: no earlier phase has the name b; expected fresh'],
    ],
    [
      'a phase that starts from itself',
      ['{ name: a, trains: all, from: a }'],
      ['9:39 regimes[1].phases[0].from: no earlier phase has the name a; expected fresh'],
    ],
    [
      'a start that several phases could be',
      ['{ trains: all }', '{ trains: all }', '{ trains: heads, from: all }'],
      ['11:32 regimes[1].phases[2].from: 2 earlier phases train all; give the one that is meant a name'],
    ],
    [
      'two phases of one name',
      ['{ name: a, trains: all }', '{ name: a, trains: heads }'],
      ['10:17 regimes[1].phases[1].name: phase 1 has this name already; expected each name once'],
    ],
    [
      'a share of nothing',
      ['{ trains: all, share: 2 }'],
      ['9:31 regimes[1].phases[0].share: shares training.totalEpochs, which is not set'],
    ],
    [
      'a rate below the least one of the schedule',
      [
        '{ trains: all, training: { learningRate: 0.00001, schedule: { kind: cosine-warm-restarts, minimumLearningRate: 0.1 } } }',
      ],
      ['9:24 regimes[1].phases[0].training: expected at most training.learningRate, 0.00001; got 0.1'],
    ],
    [
      'mixing that mixes nothing',
      ['{ trains: all, mixing: { mixupAlpha: 0, cutmixAlpha: 0 } }'],
      ['9:24 regimes[1].phases[0].mixing: both alphas are 0, which disables mixing; use mixing: null instead'],
    ],
  ])('%s', (_, phases, expected) => {
    const found = problemsOf(fileWith(phases))
    expect(found).toHaveLength(expected.length)
    expected.forEach((problem, index) => expect(found[index]).toContain(problem))
  })

  it.each<[string, string]>([
    ['{ momentum: 0.5 }', '4:23 training.momentum: goes with optimiser: sgd only, here it is adamw; leave it out'],
    [
      '{ optimiser: sgd, beta1: 0.5 }',
      '4:36 training.beta1: goes with optimiser: adamw only, here it is sgd; leave it out',
    ],
    ['{ optimiser: sgd, momentum: 0, nesterov: true }', '4:52 training.nesterov: needs a momentum above 0'],
    ['{ optimiser: sgd, momentum: 1 }', '4:39 training.momentum: expected a number from 0 and below 1; got 1'],
    ['{ optimiser: adam }', '4:24 training.optimiser: expected one of adamw, sgd; got "adam"; did you mean "adamw"?'],
    [
      '{ weightDecayExcludes: [norm] }',
      '4:35 training.weightDecayExcludes[0]: expected one of norms, biases; got "norm"; did you mean "norms"?',
    ],
  ])('settings of an optimiser: %s', (training, problem) => {
    expect(problemsOf(fileWith(['{ trains: all }'], { training }))).toEqual([problem])
  })

  it('settings of an optimiser that a phase does not have, but not those of the experiment’s', () => {
    const phases = [
      '{ trains: backbone, training: { momentum: 0.5 } }',
      '{ trains: all, training: { optimiser: sgd } }',
    ]
    expect(problemsOf(fileWith(phases, { training: '{ beta1: 0.5 }' }))).toEqual([
      '9:51 regimes[1].phases[0].training.momentum: goes with optimiser: sgd only, here it is adamw; leave it out',
    ])
  })

  it('augmentation and mixing of images where the samples are texts', () => {
    const phases = [
      '{ trains: backbone, augmentation: none, mixing: null }',
      '{ trains: all, augmentation: crop-flip }',
    ]
    const source = fileWith(phases).replace('fashion-mnist', 'newsgroups').replace('resnet, variant: resnet18', 'bert')
    expect(problemsOf(source)).toEqual([
      expect.stringContaining('10:38 regimes[1].phases[1].augmentation: newsgroups takes none: only fashion-mnist,'),
    ])
  })

  it('the name of a regime that there is', () => {
    expect(problemsOf(fileWith(['{ trains: all }'], { name: 'disjoint' }))).toEqual([
      '7:11 regimes[1].name: disjoint is a regime of Exitlab itself; choose another name for yours, or write - disjoint',
    ])
  })

  it('two regimes of one name', () => {
    const twice = `${fileWith(['{ trains: all }'])}  - name: mine\n    phases: [{ trains: heads }]\n`
    expect(problemsOf(twice)).toEqual(['10:5 regimes[2]: regime mine is item 1 already; expected each regime once'])
  })

  it('epochs beside all epochs of a regime', () => {
    expect(problemsOf(fileWith(['{ trains: all }'], { training: '{ epochs: 3, totalEpochs: 9 }' }))).toEqual([
      '4:37 training.totalEpochs: training.epochs is also set; remove one of them',
    ])
    expect(
      problemsOf(fileWith(['{ trains: all, training: { epochs: 3 } }'], { training: '{ totalEpochs: 9 }' })),
    ).toEqual([
      '9:44 regimes[1].phases[0].training.epochs: follows from training.totalEpochs; give the phase a share instead',
    ])
  })
})

it('refuses self-distillation in which no exit learns from labels, of a phase and of an experiment', () => {
  const objective = (alpha: number, teacher: string) =>
    `objective: { distillation: { alpha: ${alpha}, teacher: ${teacher} } }`
  const message =
    'with teacher: ensemble no exit would learn from labels, whose share is 1 − alpha; expected an alpha below 1, or teacher: final'
  const phase = `{ trains: all, ${objective(1, 'ensemble')} }`
  expect(problemsOf(fileWith([phase]))).toEqual([
    expect.stringContaining(` regimes[1].phases[0].objective.distillation.alpha: ${message}`),
  ])
  const own = fileWith(['{ trains: all }'])
  expect(problemsOf(`${own}${objective(1, 'ensemble')}\n`)).toEqual([
    expect.stringContaining(` objective.distillation.alpha: ${message}`),
  ])
  expect(problemsOf(`${own}${objective(1, 'final')}\n`)).toEqual([])
  expect(problemsOf(`${own}${objective(0.99, 'ensemble')}\n`)).toEqual([])
})
