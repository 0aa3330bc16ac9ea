import { describe, expect, test } from 'vitest'
import type { HostMessage } from '../../scripts/soak/messages.ts'
import { createWitness, nothingKept } from '../../scripts/soak/witness.ts'
import type { TrainerJob } from '../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'

const pid = 7
const trainJob = { kind: 'train', phaseId: 'p' } as TrainerJob
const analyseJob = { kind: 'analyse', folder: 'analyses/a' } as TrainerJob
const job = (given: TrainerJob): HostMessage => ({ type: 'job', pid, job: given })
const heard = (event: object): HostMessage => ({ type: 'heard', pid, event: event as TrainerEvent })
const started = (step: number) => heard({ type: 'started', epoch: 0, step })
const checkpoint = (step: number) => heard({ type: 'checkpoint', step })
const progress = (batch: number) => heard({ type: 'progress', epoch: 1, batchesPerEpoch: 12, batch })
const trained = heard({ type: 'trained' })
const end: HostMessage = { type: 'trainer-ended', pid }

function witnessed(messages: readonly HostMessage[]) {
  const problems: string[] = []
  const kept = nothingKept()
  const witness = createWitness(kept, (text) => problems.push(text))
  messages.forEach(witness.hear)
  return { problems, kept, moment: witness.moment() }
}

describe('work that was kept', () => {
  test('may continue from the last checkpoint, and only later work is repeated', () => {
    const { problems, kept } = witnessed([
      ...[job(trainJob), started(0), progress(3), checkpoint(4), progress(6), end],
      ...[job(trainJob), started(4), progress(8)],
    ])
    expect(problems).toEqual([])
    expect(kept).toMatchObject({ stepsRepeated: 2, reached: { p: 8 } })
  })

  test('may not be trained again from before the last checkpoint', () => {
    const { problems } = witnessed([job(trainJob), started(0), checkpoint(4), end, job(trainJob), started(3)])
    expect(problems).toEqual(['phase p goes on at step 3, but its steps up to 4 were kept'])
  })

  test('may not be trained again once the phase is done', () => {
    const { problems } = witnessed([job(trainJob), started(0), trained, job(trainJob), started(0)])
    expect(problems).toEqual(['phase p was done and is trained again'])
  })

  test('consists, for an analysis, of its parts', () => {
    const analysing = (done: number) => heard({ type: 'analysing', done, total: 9 })
    const { problems } = witnessed([job(analyseJob), analysing(0), analysing(5), end, job(analyseJob), analysing(4)])
    expect(problems).toEqual(['analyses/a goes on from part 4, but 5 parts were kept'])
  })
})

test('counts a warning of a trainer as a problem, as no kill may damage a file', () => {
  const { problems } = witnessed([job(trainJob), heard({ type: 'log', level: 'warning', message: 'it is damaged' })])
  expect(problems).toEqual(['a trainer tells: it is damaged'])
})

test.each([
  [[], 'host start-up'],
  [[job(trainJob)], 'trainer start-up'],
  [[job(trainJob), heard({ type: 'ready' })], 'phase start-up'],
  [[job(trainJob), heard({ type: 'ready' }), started(0)], 'epoch'],
  [[job(trainJob), heard({ type: 'ready' }), started(0), trained], 'between jobs'],
  [[job(analyseJob), heard({ type: 'ready' })], 'analysis'],
] as const)('records the moment', (messages, moment) => {
  const open: HostMessage[] = messages.length === 0 ? [] : [{ type: 'open' }]
  expect(witnessed([...open, ...messages]).moment).toBe(moment)
})
