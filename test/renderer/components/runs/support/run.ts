import type { Progress } from '../../../../../src/shared/phases/events.ts'
import type { RunSummary } from '../../../../../src/shared/runs/runs.ts'

/** A run that is done, with what matters to a test changed. */
export function aRun(changes: Partial<RunSummary> = {}): RunSummary {
  const { experiment = 'quick start', regime = 'mixed', seed = 1 } = changes
  const name = `${experiment.replaceAll(' ', '-')}-${regime}-s${seed}`
  return {
    id: name,
    name,
    experiment,
    experimentId: `id of ${experiment}`,
    regime,
    series: regime,
    settings: {},
    seed,
    status: 'done',
    pausedWithAll: false,
    phases: [
      {
        id: `phase of ${name}`,
        name: 'all exits',
        status: 'done',
        epochs: 4,
        maxEpochs: 10,
        shared: false,
        trainedFor: null,
      },
    ],
    position: 1,
    createdAt: 0,
    startedAt: 1000,
    finishedAt: 61_000,
    error: null,
    errorCode: null,
    tags: [],
    note: '',
    deleted: false,
    scores: { validation: [0.5, 0.7], test: [0.45, 0.65] },
    latest: {
      epoch: 4,
      exits: [
        { exit: 0, value: 0.4 },
        { exit: 'final', value: 0.6 },
      ],
      imagesPerSecond: 1000,
    },
    ...changes,
  }
}

/** A run that waits: nothing is known of it yet. */
export const aQueuedRun = (changes: Partial<RunSummary> = {}): RunSummary =>
  aRun({ status: 'queued', scores: null, latest: null, startedAt: null, finishedAt: null, ...changes })

export const someProgress = (changes: Partial<Progress> = {}): Progress => ({
  run: 'a run',
  phase: 'a phase',
  epoch: 1,
  maxEpochs: 10,
  batch: 1,
  batchesPerEpoch: 10,
  imagesPerSecond: 500,
  losses: [1, 1],
  secondsLeftAtMost: 60,
  runSecondsLeftAtMost: 120,
  ...changes,
})
