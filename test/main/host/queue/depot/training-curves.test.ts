import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEventLog } from '../../../../../src/main/host/queue/events/event-log.ts'
import { createRecorder } from '../../../../../src/main/host/queue/events/event-recorder.ts'
import { collectPhase } from '../../../../../src/main/host/queue/depot/follow-phase.ts'
import { neededPhases } from '../../../../../src/main/host/queue/depot/needed-phases.ts'
import { createTrackedPhases } from '../../../../../src/main/host/queue/depot/tracked-phases.ts'
import { openStore } from '../../../../../src/main/store/open.ts'
import { definition, fakeDepot } from '../../../execution/depot/support.ts'
import { temporaryFolder } from '../../support.ts'
import { addExperiment, addRun } from '../../../store/support.ts'

/** A phase that another machine trained in four epochs, and a host that follows it for some minutes, whose clock says what it says. */
async function trainedElsewhere() {
  const depot = fakeDepot()
  const id = await depot.add()
  await depot.train(id)
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  store.phases.ensure({ id, definition: definition(), createdAt: 1 })
  addRun(store, 'a1', [id])
  const time = { minutes: 0, clock: 0 }
  vi.spyOn(performance, 'now').mockImplementation(() => time.minutes * 60_000)
  onTestFinished(() => void vi.restoreAllMocks())
  const recorder = createRecorder({ store, events: createEventLog('s'), now: () => time.clock })
  const tracked = createTrackedPhases()
  const follow = async () => {
    tracked.update(neededPhases(store).phases)
    for (const each of tracked.all()) await collectPhase(each, depot.depot, options)
  }
  const options = {
    store,
    recorder,
    summarise: async () => {},
    parallel: () => 1,
    again: () => {},
    stop: new AbortController().signal,
    pollMilliseconds: 1,
    patienceMilliseconds: 1,
    settled: tracked.remove,
  }
  const events = join(depot.folderOf(id), 'events.jsonl')
  const whole = readFileSync(events, 'utf8')
  return {
    events,
    whole,
    time,
    follow,
    lines: whole.trimEnd().split('\n'),
    epochs: () => store.epochs.after(id, 0).map(({ epoch }) => epoch),
    phase: () => store.phases.get(id)!,
    run: () => store.runs.get('a1')!,
    log: () => store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 100 }).map(({ message }) => message),
  }
}

/** Number of the epoch that a line tells of; null: it tells of something else. */
function epochIn(line: string): number | null {
  const event = JSON.parse(line)
  return event.type === 'epoch' ? event.epoch : null
}
const withoutEpochs = (lines: string[], epochs: number[]) => lines.filter((line) => !epochs.includes(epochIn(line)!))
const text = (lines: string[]) => lines.map((line) => `${line}\n`).join('')

describe('the training curves of a phase that a job has trained', () => {
  it('are complete, and its run is done', async () => {
    const { follow, epochs, phase } = await trainedElsewhere()
    await follow()
    expect(epochs()).toEqual([1, 2, 3, 4])
    expect(phase()).toMatchObject({ status: 'done', epochs: 4 })
  })

  it.each([
    [
      'its first epochs only',
      (lines: string[]) => text(lines.slice(0, lines.findIndex((line) => epochIn(line) === 2) + 1)),
    ],
    ['nothing of its events', () => ''],
    [
      'zeros in place of an epoch',
      (lines: string[]) => text(lines.map((line) => (epochIn(line) === 2 ? '\0'.repeat(line.length) : line))),
    ],
  ])('are read again while a file system shows %s', async (_, shown) => {
    const { events, whole, lines, follow, epochs, phase, time, log } = await trainedElsewhere()
    writeFileSync(events, shown(lines))
    for (const minutes of [0, 1, 2]) {
      time.minutes = minutes
      // Set forward by a day, as where a machine asks a time server.
      time.clock += 86_400_000
      await follow()
      expect(phase()).toMatchObject({ status: 'queued', checkpoint: null })
    }
    expect(log().filter((line) => line.includes('It is read again'))).toHaveLength(1)
    writeFileSync(events, whole)
    await follow()
    expect(epochs()).toEqual([1, 2, 3, 4])
    expect(phase()).toMatchObject({ status: 'done', epochs: 4 })
  })

  it('that stay incomplete fail the run, with file, epochs and remedy', async () => {
    const { events, lines, follow, phase, run, time } = await trainedElsewhere()
    writeFileSync(events, text(withoutEpochs(lines, [3])))
    await follow()
    time.minutes = 4
    await follow()
    expect(phase()).toMatchObject({ status: 'failed' })
    expect(run().status).toBe('failed')
    expect(run().error).toMatch(
      /^\/.*events\.jsonl lacks 1 of 4 epochs, from epoch 3 on, although the phase is trained\. A file system .*: retry the run later/,
    )
  })

  it('are missing without an error where the depot has no events, which the log says', async () => {
    const { events, follow, epochs, phase, log } = await trainedElsewhere()
    rmSync(events)
    await follow()
    expect(epochs()).toEqual([])
    expect(phase()).toMatchObject({ status: 'done' })
    expect(log()).toContainEqual(expect.stringContaining('the depot has no training curves of them'))
  })

  it('begin where the depot’s events begin, as after a checkpoint of a workspace', async () => {
    const { events, lines, follow, epochs, phase } = await trainedElsewhere()
    const later = lines.map((line) => line.replace('"epoch":0,"step":0', '"epoch":2,"step":8'))
    writeFileSync(events, text(withoutEpochs(later, [1, 2])))
    await follow()
    expect(epochs()).toEqual([3, 4])
    expect(phase()).toMatchObject({ status: 'done' })
  })
})
