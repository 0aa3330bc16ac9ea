import type { RunPhase, RunSummary } from '../../../src/shared/runs/runs.ts'

/** A run as lists have it; `id` and whatever else matters to a test are given. */
export function runSummary(given: Partial<RunSummary> & { id: string }): RunSummary {
  return {
    name: `run ${given.id}`,
    experiment: 'experiment',
    experimentId: 'e1',
    regime: 'mixed',
    series: 'mixed',
    settings: {},
    seed: 0,
    status: 'queued',
    pausedWithAll: false,
    phases: [],
    position: 0,
    createdAt: 0,
    startedAt: null,
    finishedAt: null,
    error: null,
    errorCode: null,
    tags: [],
    note: '',
    deleted: false,
    scores: null,
    latest: null,
    ...given,
  }
}

/** A phase in training, of ten epochs at most; what matters to a test is given. */
export const runPhase = (given: Partial<RunPhase> = {}): RunPhase => ({
  id: 'p',
  name: 'backbone',
  status: 'running',
  epochs: 2,
  maxEpochs: 10,
  shared: false,
  trainedFor: null,
  ...given,
})
