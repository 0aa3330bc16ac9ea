import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stream } from '../../../src/engine/random.ts'
import { permutation, stream } from '../../../src/engine/random.ts'
import type { TrainJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { SubjectName } from './support/jobs.ts'
import type { Attempt } from './support/kills.ts'
import { attemptAtRandom, attemptInEvaluation, attemptsAtWrites } from './support/kills.ts'
import { startTestTrainer } from './support/trainer.ts'
import type { Trial } from './support/trial.ts'
import { expectSameEpochs, ofType, run, runAlone, startTrial } from './support/trial.ts'

const seed = Number(process.env.EXITLAB_TEST_SEED ?? randomInt(2 ** 31))
const killsEach = 12

let trial: Trial

beforeAll(async () => {
  process.stdout.write(`kill.test.ts: EXITLAB_TEST_SEED=${seed}\n`)
  trial = await startTrial(['resnet', 'bfloat16', 'backbone', 'vit'])
})
afterAll(() => trial.end())

describe('a trainer that is killed', () => {
  // All at once: most of the time goes into starting trainers, on one core.
  it.concurrent.each(['resnet', 'bfloat16', 'vit'] as const)(
    `${killsEach} times while it trains %s ends with the same bits, and loses at most the work since its last checkpoint`,
    async (name) => {
      const random = stream(seed, 'kills', name)
      const queue = plannedKills(random, trial.undisturbed[name].milliseconds)
      for (let life = 0, kills = 0; kills < killsEach; life++) {
        const job = trial.job(name, `life-${life}`)
        kills += await liveThrough(job, () => queue.pop() ?? attemptAtRandom(random, 500))
      }
    },
  )

  function plannedKills(random: Stream, milliseconds: number): Attempt[] {
    const atRandom = () => attemptAtRandom(random, milliseconds)
    const planned = [...attemptsAtWrites(random), attemptInEvaluation, attemptInEvaluation]
    while (planned.length < killsEach) planned.push(atRandom())
    return Array.from(permutation(planned.length, random), (index) => planned[index]!)
  }

  /** Trains a phase to its end, however often it is killed meanwhile; returns how often. */
  async function liveThrough(job: TrainJob, nextAttempt: () => Attempt): Promise<number> {
    for (let kills = 0, saved = 0; ; kills++) {
      const told = await (kills < killsEach ? nextAttempt() : runAlone)(job)
      expectSameEpochs(told, trial.undisturbed[job.phaseId as SubjectName].epochs)
      expect(ofType(told, 'started')[0]?.step ?? saved).toBeGreaterThanOrEqual(saved)
      expect(ofType(told, 'log')).toEqual([])
      saved = ofType(told, 'checkpoint').at(-1)?.step ?? saved
      if (told.end.type !== 'crashed') {
        trial.expectSame(told, job)
        expect(await readdir(job.checkpointFolder)).toEqual(['final.safetensors', 'final.safetensors.manifest.json'])
        return kills
      }
    }
  }
})

describe('a trainer that is paused', () => {
  it.each(['resnet', 'bfloat16', 'vit'] as const)(
    'at random moments of training %s ends with the same bits',
    async (name) => {
      const random = stream(seed, 'pauses', name)
      const trainer = startTestTrainer()
      const job = trial.job(name, 'paused')
      for (let pauses = 0; ;) {
        const delay = random.uniform() * trial.undisturbed[name].milliseconds
        const told = await run(trainer, job, ({ type }) => {
          if (type === 'started' && pauses < 4) setTimeout(() => trainer.pause(), delay)
        })
        if (told.end.type === 'trained') {
          trial.expectSame(told, job)
          break
        }
        expect(told.end).toEqual({ type: 'paused' })
        expect(
          ofType(told, 'checkpoint')
            .slice(0, -1)
            .every(({ reason }) => reason === 'epoch'),
        ).toBe(true)
        pauses++
      }
      await trainer.close()
    },
  )

  it('has nothing to save before its first step', async () => {
    const told = await runAlone(trial.job('resnet', 'paused-at-once'), ({ type }, trainer) => {
      if (type === 'started') trainer.pause()
    })
    expect(told.end).toEqual({ type: 'paused' })
  })
})
