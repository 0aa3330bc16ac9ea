import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEpochs } from '../../../../src/main/execution/depot/missing-epochs.ts'
import { temporaryFolder } from '../../host/support.ts'

const results = { weights: { sha256: 'w', epoch: 4 }, evaluation: null }
const started = (epoch: number) => ({
  ...{ type: 'started', parameterCount: 1, batchesPerEpoch: 5, epoch, step: 5 * epoch, threads: 1, start: null },
})
const epoch = (number: number, seconds = 1) => ({
  ...{ type: 'epoch', epoch: number, seconds, learningRate: 0.1, imagesPerSecond: 1, peakMemoryBytes: 1 },
  ...{ improved: true, epochsWithoutImprovement: 0, metrics: [], dominance: null },
})
const trained = (sha256: string) => ({ type: 'trained', sha256 })

function folderWith(events: readonly object[]): string {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'events.jsonl'),
    events.map((event) => `${JSON.stringify({ at: 1, ...event })}\n`).join(''),
  )
  return folder
}

test.each([
  ['none where all are told', [started(0), epoch(1), epoch(2), epoch(3), epoch(4), trained('w')], []],
  ['those that are not told', [started(0), epoch(2), epoch(4), trained('w')], [1, 3]],
  ['all where nothing is told', [], [1, 2, 3, 4]],
  ['none from before the phase was brought here', [started(2), epoch(3), epoch(4), started(4)], []],
  ['those behind the first start', [started(1), epoch(2), started(3), epoch(4)], [3]],
  ['none where it was only finished here', [trained('w')], []],
  ['all where other weights were finished here', [trained('x')], [1, 2, 3, 4]],
])('the missing epochs of a trained phase are %s', async (_, events, missing) => {
  expect((await readEpochs(folderWith(events), results)).missing).toEqual(missing)
})

test('no epoch is missing where a phase was only evaluated here, is not done, or has no events', async () => {
  const evaluated = { ...results, evaluation: { sha256: 'e' } }
  expect((await readEpochs(folderWith([{ type: 'evaluated', sha256: 'e' }]), evaluated)).missing).toEqual([])
  expect((await readEpochs(folderWith([]), { weights: null, evaluation: null })).missing).toEqual([])
  expect(await readEpochs(join(folderWith([]), 'missing'), results)).toEqual({ told: [], missing: [] })
})

test('of an epoch that was trained again, the last event counts', async () => {
  const events = [started(0), epoch(1), epoch(2), epoch(3), started(1), epoch(2, 7)]
  const { told } = await readEpochs(folderWith(events), results)
  expect(told.map(({ epoch, seconds }) => [epoch, seconds])).toEqual([
    [1, 1],
    [2, 7],
    [3, 1],
  ])
})
