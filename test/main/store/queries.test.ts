import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore, type Store } from '../../../src/main/store/open.ts'
import { addExperiment, addRun, file, temporaryFolder } from './support.ts'

function filled(): Store {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  addExperiment(store)
  addRun(store, 'a1', ['p1', 'p2'])
  addRun(store, 'b2', ['p1', 'p3'])
  return store
}

const record = {
  epoch: 1,
  learningRate: 1e-3,
  imagesPerSecond: 100,
  seconds: 2,
  peakMemoryBytes: 5,
  improved: true,
  epochsWithoutImprovement: 0,
}

describe('summaries', () => {
  it('have the classes without samples that an evaluation found, and report what is none', () => {
    const store = filled()
    const emptyClasses = { test: { count: 1, of: 3, names: ['b'] } }
    const metrics = { validation: { accuracy: [0.5] }, test: { accuracy: [0.4] } }
    const row = { phaseId: 'p2', file: 'f', sha256: 's', createdAt: 1 }
    store.evaluations.put({ ...row, metrics })
    expect(store.summaries.of(['a1'])[0]).not.toHaveProperty('emptyClasses')
    store.evaluations.put({ ...row, metrics: { ...metrics, emptyClasses } })
    expect(store.summaries.of(['a1'])[0]).toMatchObject({ scores: { test: [0.4] }, emptyClasses })
    store.evaluations.put({ ...row, metrics: { ...metrics, emptyClasses: { test: 'b' } as never } })
    expect(store.summaries.of(['a1'])[0]).toMatchObject({ scores: null, error: expect.stringContaining('metrics') })
  })

  it('show each run with its chain and what is shared', () => {
    const store = filled()
    store.tags.add('a1', 'paper')
    store.notes.put('a1', 'look again', 1)
    store.evaluations.put({
      phaseId: 'p2',
      file: 'f',
      sha256: 's',
      metrics: { validation: { accuracy: [0.5] }, test: { accuracy: [0.4] } },
      createdAt: 1,
    })
    const [first, second] = store.summaries.all()
    expect(first).toMatchObject({
      id: 'a1',
      experiment: 'toy',
      phases: [
        { id: 'p1', maxEpochs: 200, shared: true },
        { id: 'p2', shared: false },
      ],
      tags: ['paper'],
      note: 'look again',
      scores: { test: [0.4] },
      deleted: false,
    })
    expect(second).toMatchObject({ id: 'b2', tags: [], note: '', scores: null })
    expect(store.summaries.of(['b2'])).toEqual([second])
  })

  it('do not call a phase shared once the other run is deleted', () => {
    const store = filled()
    store.runs.setDeleted('a1', 5)
    for (const list of [store.summaries.all(), store.summaries.of(['a1', 'b2'])]) {
      expect(list.map((run) => [run.deleted, run.phases[0]!.shared])).toEqual([
        [true, false],
        [false, false],
      ])
    }
  })

  it('give the last epoch of the latest phase that has one, also after a phase has gone back', () => {
    const store = filled()
    const latest = () => store.summaries.of(['a1'])[0]!.latest
    const exits = (value: number) => [
      { exit: 0, value },
      { exit: 'final', value: 1 + value },
    ]
    const epoch = (phase: string, epoch: number) => {
      const metric = (exit: number, split: 'train' | 'validation') => ({
        exit,
        split,
        values: { loss: 1, accuracy: epoch / 10 + exit },
      })
      const both = [metric(1, 'validation'), metric(0, 'validation'), metric(0, 'train')]
      store.epochs.put(phase, { ...record, epoch, imagesPerSecond: 100 * epoch }, both)
      store.phases.setEpochs(phase, epoch)
    }
    expect(latest()).toBeNull()
    for (const each of [1, 2]) epoch('p1', each)
    expect(latest()).toEqual({ epoch: 2, exits: exits(0.2), imagesPerSecond: 200 })
    for (const each of [1, 2, 3]) epoch('p2', each)
    expect(latest()).toEqual({ epoch: 5, exits: exits(0.3), imagesPerSecond: 300 })
    expect(store.summaries.all()[0]!.latest).toEqual(latest())
    store.epochs.removeAfter('p2', 1)
    store.phases.setEpochs('p2', 1)
    expect(latest()).toEqual({ epoch: 3, exits: exits(0.1), imagesPerSecond: 100 })
    store.phases.reopen('p2')
    expect(latest()).toEqual({ epoch: 2, exits: exits(0.2), imagesPerSecond: 200 })
  })

  it('list 10,000 runs', () => {
    const store = filled()
    store.transaction(() => {
      for (let i = 0; i < 10_000; i++) addRun(store, `r${i}`, [`x${i >> 1}`, `y${i}`])
    })
    expect(store.summaries.all()).toHaveLength(10_002)
  })
})

describe('epochs', () => {
  it('are overwritten when they are trained again, and read after a given one', () => {
    const store = filled()
    const metric = { exit: 0, split: 'train' as const, values: { loss: 1, accuracy: 0.1 } }
    store.epochs.put('p1', record, [metric])
    store.epochs.put('p1', { ...record, seconds: 3 }, [{ ...metric, values: { loss: 0.9, accuracy: 0.1 } }])
    store.epochs.put('p1', { ...record, epoch: 2, improved: false }, [metric])
    expect(store.epochs.after('p1', 0)).toEqual([
      { ...record, seconds: 3 },
      { ...record, epoch: 2, improved: false },
    ])
    expect(store.epochs.metricsAfter('p1', 0).map((m) => [m.epoch, m.values.loss])).toEqual([
      [1, 0.9],
      [2, 1],
    ])
    expect(store.epochs.after('p1', 1)).toHaveLength(1)
    expect(store.epochs.seconds('p1')).toBe(5)
    store.epochs.removeAfter('p1', 1)
    expect(store.epochs.metricsAfter('p1', 1)).toEqual([])
  })
})

describe('gradient dominance', () => {
  it('of an epoch is read as it was written, after a given one, and is overwritten when it is measured again', () => {
    const store = filled()
    const measured = { epoch: 1, batches: 8, exits: [0.1 + 0.2, null], blocks: [[-1 / 3], [null]] }
    store.dominance.put('p1', { ...measured, batches: 3 })
    store.dominance.put('p1', measured)
    store.dominance.put('p1', { ...measured, epoch: 3 })
    store.dominance.put('p2', { ...measured, epoch: 2 })
    expect(store.dominance.after('p1', 0)).toEqual([measured, { ...measured, epoch: 3 }])
    expect(store.dominance.after('p1', 1)).toEqual([{ ...measured, epoch: 3 }])
    store.dominance.removeAfter('p1', 2)
    expect(store.dominance.after('p1', 0)).toEqual([measured])
  })

  it('is measured as the experiment says now', () => {
    const store = filled()
    store.experiments.setProbes('e1', { gradientDominance: 3 })
    expect(store.experiments.get('e1')!.file).toEqual({ ...file, probes: { gradientDominance: 3 } })
  })
})

describe('phases', () => {
  it('are stored once, finished with their weights, and reset when these are damaged', () => {
    const store = filled()
    const checkpoint = { file: 'checkpoints/p1/final.safetensors', sha256: 'abc' }
    store.phases.finish('p1', { epochs: 3, ended: 'epoch-cap', keptEpoch: 2, checkpoint }, 9)
    expect(store.phases.chain('b2')[0]).toMatchObject({
      id: 'p1',
      definition: { phase: { name: 'phase 1' } },
      status: 'done',
      keptEpoch: 2,
      checkpoint,
    })
    store.phases.reopen('p1')
    expect(store.phases.get('p1')).toMatchObject({ status: 'queued', epochs: 0, checkpoint: null })
  })

  it('are unused once no run and no other phase needs them', () => {
    const store = filled()
    store.runs.remove('a1')
    expect(store.phases.unused()).toEqual(['p2'])
    store.runs.remove('b2')
    store.phases.remove('p2')
    store.phases.remove('p3')
    expect(store.phases.unused()).toEqual(['p1'])
    store.experiments.removeUnused()
    expect(store.experiments.all()).toEqual([])
  })
})

describe('log lines', () => {
  it('of a run include those of its phases, after a given one', () => {
    const store = filled()
    const first = store.logLines.add({ at: 1, level: 'info', run: null, phase: 'p1', message: 'shared' })
    store.logLines.add({ at: 2, level: 'warning', run: 'b2', phase: null, message: 'other' })
    const last = store.logLines.add({ at: 3, level: 'error', run: 'a1', phase: 'p2', message: 'mine' })
    const lines = (part: Partial<Parameters<typeof store.logLines.ofRun>[1]>) =>
      store.logLines.ofRun('a1', { after: 0, from: 'start', limit: 10, ...part })
    expect(lines({})).toEqual([first, last])
    expect(lines({ from: 'end' })).toEqual([first, last])
    expect(lines({ limit: 1 })).toEqual([first])
    expect(lines({ from: 'end', limit: 1 })).toEqual([last])
    for (const from of ['start', 'end'] as const) expect(lines({ from, after: first.id })).toEqual([last])
  })
})

describe('step samples', () => {
  it('of a phase come in the order of time, after a given one', () => {
    const store = filled()
    const sample = (at: number) => ({ at, epoch: 1, batch: at, imagesPerSecond: 100.5, residentBytes: 2 ** 33 })
    for (const at of [30, 10, 20]) store.stepSamples.put('p1', sample(at))
    store.stepSamples.put('p2', sample(40))
    expect(store.stepSamples.after('p1', 0)).toEqual([10, 20, 30].map(sample))
    expect(store.stepSamples.after('p1', 20)).toEqual([sample(30)])
  })
})

describe('finding by reference', () => {
  it('matches names and beginnings of ids, and has no wildcards', () => {
    const store = filled()
    expect(store.runs.find('a').map((run) => run.id)).toEqual(['a1'])
    expect(store.runs.find('toy-joint-b2').map((run) => run.id)).toEqual(['b2'])
    expect(store.runs.find('%')).toEqual([])
    expect(store.experiments.find('toy')).toEqual(['e1'])
    expect(store.experiments.find('_')).toEqual([])
  })
})
