import { expect, test } from 'vitest'
import { z } from 'zod'
import { weightings } from '../../../../src/engine/objectives/index.ts'
import { sdn } from '../../../../src/engine/objectives/sdn.ts'
import { refuseLengths } from '../../../../src/main/host/search/refusals.ts'
import { rungFile } from '../../../../src/main/host/search/rung-file.ts'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { experiment } from '../support.ts'

weightings.register('rising', {
  ...sdn,
  parameters: z.strictObject({ riseEpochs: z.int().positive().default(30), slope: z.number().default(9) }),
  lengths: ['riseEpochs'],
})

const { file } = experiment({ seeds: [3, 1, 2] })
const third = { divisor: 3, seeds: 2, candidates: 8 }

test('a rung is the experiment with shorter trainings and its first seeds', () => {
  const training = { ...file.training, epochs: 90 }
  const rung = rungFile({ ...file, training }, third, 1)
  expect(rung).toMatchObject({ name: 'toy-rung-2', seeds: [3, 1], training: { epochs: 30 } })
  // One cycle of the schedule is the patience, 50 epochs, which stays.
  expect(rung.training.schedule).toMatchObject({ cycleEpochs: 50 / 3 })
  expect(rung.training.earlyStopping.patience).toBe(50)
  expect(experimentFile.parse(rung)).toEqual(rung)
})

test('the last rung is the experiment itself', () => {
  expect(rungFile(file, { divisor: 1, seeds: 3, candidates: 1 }, 2)).toBe(file)
})

test('a shared number of epochs is rounded up, others to the nearest, at least one', () => {
  const total = { ...file.training, totalEpochs: 100 }
  expect(rungFile({ ...file, training: total }, third, 0).training.totalEpochs).toBe(34)
  const few = { ...file.training, epochs: 1 }
  expect(rungFile({ ...file, training: few }, third, 0).training.epochs).toBe(1)
})

test('lengths of a phase of its own, and of a ramp of weights, are divided, too', () => {
  const own = experimentFile.parse({
    ...file,
    objective: { weighting: 'sdn', parameters: { rampEpochs: 60 } },
    regimes: [
      {
        name: 'two',
        phases: [
          { trains: 'backbone', training: { epochs: 30, earlyStopping: { patience: 9 } } },
          { trains: 'heads', training: { epochs: 10, schedule: { kind: 'constant' } } },
          { trains: 'all' },
        ],
      },
    ],
  })
  const rung = rungFile(own, third, 0)
  expect(rung.objective!.parameters).toEqual({ rampEpochs: 20 })
  const { phases } = rung.regimes[0] as Extract<(typeof rung.regimes)[0], object>
  expect(phases.map(({ training }) => training)).toEqual([
    { epochs: 10, earlyStopping: { patience: 9 }, schedule: { ...own.training.schedule, cycleEpochs: 3 } },
    { epochs: 3, schedule: { kind: 'constant' } },
    undefined,
  ])
})

test('where SDN is swept among other weightings, its ramp is divided for its series', () => {
  const swept = { ...file, sweep: { 'objective.weighting': ['uniform', 'sdn'] } }
  expect(rungFile(swept, third, 0).sweep).toEqual({
    'objective.weighting': ['uniform', 'sdn'],
    'objective.parameters.rampEpochs': [33],
  })
})

test('lengths of a weighting of an extension are divided, other parameters are not', () => {
  const own = experimentFile.parse({ ...file, objective: { weighting: 'rising' } })
  expect(rungFile(own, third, 0).objective).toEqual({ weighting: 'rising', parameters: { riseEpochs: 10, slope: 9 } })
})

test('lengths are not swept, nor a weighting of an extension that has some', () => {
  const refused = (sweep: Record<string, (string | number)[]>) => () => refuseLengths({ sweep })
  expect(refused({ 'objective.parameters.rampEpochs': [10, 20] })).toThrow('cannot be swept in a search')
  expect(refused({ 'objective.parameters.riseEpochs': [10, 20] })).toThrow('cannot be swept in a search')
  expect(refused({ 'objective.weighting': ['uniform', 'rising'] })).toThrow(
    'rising counts in epochs (objective.parameters.riseEpochs)',
  )
  expect(refused({ 'objective.weighting': ['uniform', 'sdn', 'increasing'] })).not.toThrow()
})
