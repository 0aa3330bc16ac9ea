import type { HostClient } from '../../../src/contract/index.ts'
import type { HostEvent } from '../../../src/shared/phases/events.ts'
import { exitAt } from '../../../src/shared/evaluation/exit-id.ts'
import { type PhaseDetail, type RunSummary, runSummary } from '../../../src/shared/runs/runs.ts'
import type { RunDetail } from '../../../src/contract/run-detail.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { definedRefusal } from '../../../src/main/host/api/contract.ts'
import type { ConnectOptions, Context, Output, Signal } from '../../../src/main/cli/context.ts'
import { createStyle } from '../../../src/main/cli/output/style.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { parseExperiment } from '../../../src/main/host/experiments/file/read-experiment.ts'

/** A host that answers only what a test gives it, refuses as hosts do, and says that no names are shared, nothing happens or is imported, nothing speaks against a comparison and no host trains; asking anything else fails the test. */
export function fakeClient(given: Record<string, (input: never) => unknown>): HostClient {
  const answers: typeof given = {
    'runs.sharedNames': () => [],
    'imports.list': () => [],
    'evaluations.caveats': () => [],
    'system.info': () => ({ host: null }),
    'events.follow': async function* () {},
    ...given,
  }
  const asked = (path: string): unknown =>
    new Proxy(() => {}, {
      get: (_target, key) => (key === 'then' ? undefined : asked(path === '' ? String(key) : `${path}.${String(key)}`)),
      apply: (_target, _self, [input]: [never]) => {
        const answer = answers[path]
        if (answer === undefined) throw new Error(`the fake host has no answer for ${path}`)
        return Promise.resolve()
          .then(() => answer(input))
          .catch((error: unknown) => Promise.reject(asHostsRefuse(error)))
      },
    })
  return asked('') as HostClient
}

const asHostsRefuse = (error: unknown) =>
  (error instanceof ExitlabError ? definedRefusal(error, error.cause) : error) as Error

export interface Outcome {
  exitCode: number
  stdout: string
  stderr: string
}

export interface FakeOptions {
  client?: HostClient
  isTerminal?: boolean
  environment?: NodeJS.ProcessEnv
  workingFolder?: string
  columns?: number
  rows?: number
  connected?: (options: ConnectOptions) => void
}

/** A context that keeps what is written; `signal` is Ctrl-C or SIGTERM. */
export function fakeContext(options: FakeOptions = {}) {
  const written = { stdout: '', stderr: '' }
  const listeners = new Set<(signal: Signal) => void>()
  const aborted: number[] = []
  const output = (name: 'stdout' | 'stderr'): Output => ({
    writeAsIs: (text) => void (written[name] += text),
    isTerminal: options.isTerminal ?? false,
    columns: options.columns ?? 100,
    rows: options.rows ?? 30,
  })
  const context: Context = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    environment: options.environment ?? {},
    workingFolder: options.workingFolder ?? '/nowhere',
    style: createStyle(false),
    now: () => performance.now(),
    connect: async (wanted) => {
      options.connected?.(wanted)
      if (options.client === undefined) throw new Error('this test expects no connection')
      return { client: options.client, workspace: '/workspace', [Symbol.asyncDispose]: async () => {} }
    },
    ask: null,
    onSignal: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onTimeLimit: () => () => {},
    workDone: () => {},
    abort: (exitCode) => aborted.push(exitCode),
  }
  const signal = (name: Signal) => listeners.forEach((listener) => listener(name))
  return { context, written, aborted, signal }
}

/** Runs a command line against a fake host. */
export async function exitlab(args: string[], options: FakeOptions = {}): Promise<Outcome> {
  const { context, written } = fakeContext(options)
  const exitCode = await runCommandLine(args, context, '9.9.9')
  return { exitCode, ...written }
}

export const experimentText = `name: small
data: { source: mnist }
network: { family: resnet, blockCounts: [2, 2], exits: [0, 1] }
regimes: [disjoint, joint]
training: { epochs: 4 }
`

const file = parseExperiment(experimentText, 'small.yaml')

function phase(id: string, name: string, changes: Partial<PhaseDetail>): PhaseDetail {
  return {
    id,
    name,
    status: 'queued',
    epochs: 0,
    shared: false,
    trainedFor: null,
    runs: ['aaaa1111bbbb'],
    parent: null,
    trains: name === 'heads' ? ['heads.0', 'heads.1'] : ['stem', 'blocks.0', 'classifier'],
    exits: name === 'heads' ? [0, 1, 'final'] : ['final'],
    maxEpochs: 4,
    ended: null,
    keptEpoch: null,
    seconds: 0,
    threads: null,
    checkpoint: null,
    startedAt: null,
    finishedAt: null,
    error: null,
    ...changes,
  }
}

/** A run of `small.yaml`: disjoint unless said otherwise. */
export function fakeRun(changes: Partial<RunDetail> = {}): RunDetail {
  return {
    id: 'aaaa1111bbbb',
    name: 'small/disjoint/1',
    experiment: 'small',
    experimentId: 'eeee',
    regime: 'disjoint',
    series: changes.regime ?? 'disjoint',
    settings: {},
    seed: 1,
    status: 'queued',
    pausedWithAll: false,
    phases: [phase('p1', 'backbone', {}), phase('p2', 'heads', {})],
    position: 1,
    createdAt: 1_700_000_000_000,
    startedAt: null,
    finishedAt: null,
    error: null,
    errorCode: null,
    tags: [],
    note: '',
    deleted: false,
    scores: null,
    latest: null,
    file,
    source: experimentText,
    dataPath: '/data/mnist',
    weightsPath: null,
    network: {
      family: 'resnet',
      block: 'basic',
      blockCounts: [2, 2],
      widths: [16, 32],
      stem: '3x3',
      inputShape: [28, 28, 1],
      pad: 0,
      head: 'pooled',
      classes: 10,
      exits: [0, 1],
      normalisation: { mean: [0.13], std: [0.3] },
    },
    outline: { reads: 'map', token: 'class token', blockCount: 4, exits: [0, 1, 3] },
    unknownMethods: [],
    costs: {
      backboneMacs: 10_000_000,
      exits: [
        { exit: 0, block: 0, macs: 2_000_000, fraction: 0.2 },
        { exit: 1, block: 1, macs: 4_000_000, fraction: 0.4 },
        { exit: 2, block: null, macs: 10_100_000, fraction: 1.01 },
      ],
    },
    evaluation: null,
    ...changes,
  }
}

export const scores = { validation: [0.7, 0.8, 0.9], test: [0.69, 0.79, 0.8915] }

/** The parts of a run that an event or a list carries. */
export function summary(run: RunDetail): RunSummary {
  return runSummary.parse(run)
}

export function runEvent(run: RunDetail): HostEvent {
  return { type: 'run', cursor: '1', run: summary(run) }
}

export function epochEvent(
  run: string,
  phaseId: string,
  { epoch, exits }: { epoch: number; exits: number[] },
): HostEvent {
  const metric = (split: 'train' | 'validation') => (accuracy: number, index: number) => ({
    epoch,
    exit: exitAt(index, exits.length - 1),
    split,
    values: { accuracy, loss: 1 },
  })
  return {
    type: 'epoch',
    maxEpochs: 4,
    cursor: '1',
    run,
    phase: phaseId,
    record: {
      epoch,
      learningRate: 1e-3,
      imagesPerSecond: 5120.4,
      seconds: 2,
      peakMemoryBytes: 1e8,
      improved: true,
      epochsWithoutImprovement: 0,
    },
    metrics: [...exits.map(metric('train')), ...exits.map(metric('validation'))],
    dominance: null,
  }
}

export function progressEvent(run: string, phaseId: string): HostEvent {
  return {
    type: 'progress',
    cursor: '1',
    progress: {
      run,
      phase: phaseId,
      epoch: 1,
      maxEpochs: 4,
      batch: 5,
      batchesPerEpoch: 10,
      imagesPerSecond: 5120.4,
      losses: [1],
      secondsLeftAtMost: 5,
      runSecondsLeftAtMost: null,
    },
  }
}
