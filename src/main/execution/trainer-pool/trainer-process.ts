import { spawn, type ChildProcess } from 'node:child_process'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { setUpCommand } from '../../../shared/basics/set-up-command.ts'
import type { Card, DeviceReport } from '../../../shared/phases/device.ts'
import { preloadArguments } from '../../extensions/launch.ts'
import type { TrainerJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainerEvent, TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import type { TrainerCommand } from '../../../contract/experiment/trainer-jobs.ts'
import { saysOutOfMemory } from './memory-remedy.ts'
import { watch, watchdogLimits } from './watchdog.ts'

/** Launch settings of a trainer. */
export interface TrainerLaunch {
  /** Script of the child's entry. */
  entry: string
  environment: Record<string, string>
}

interface TrainerWatch {
  /** It fails its first job where its device is not this one; null: any device will do. */
  card?: Card | null
  /** Told the device of the trainer, before its first job. */
  onDevice?: (device: DeviceReport) => void
  limits?: typeof watchdogLimits
}

/** Events that end a job. */
const endings = [
  'trained',
  'paused',
  'evaluated',
  'described',
  'weights-described',
  'pictured',
  'inputs-written',
  'segments-written',
  'latency-measured',
  'calibrated',
  'analysed',
  'failed',
] as const
type Ending = TrainerEventOf<(typeof endings)[number]>
type Crash = { type: 'crashed'; code: 'engine' | 'memory'; message: string }

/** Outcome of a job. A crash is the end of the process before that of the job; `memory` if memory ran out. */
export type JobEnd = Ending | Crash

const isEnding = (event: TrainerEvent): event is Ending => (endings as readonly string[]).includes(event.type)

/** A child that holds TensorFlow and does one job at a time. */
export interface TrainerProcess {
  pid: number
  alive(): boolean
  /** Fails with what `onEvent` throws; the process is then killed. */
  run(job: TrainerJob, onEvent: (event: TrainerEvent) => void): Promise<JobEnd>
  /** Asks the running job to write a checkpoint and end. */
  pause(): void
  /** Asks an idle process to end, and sees to it. */
  close(): Promise<void>
  kill(): void
}

const exitMilliseconds = 5_000
const keptStderr = 4_000

interface RunningJob {
  onEvent: (event: TrainerEvent) => void
  end: (end: JobEnd) => void
  fail: (error: unknown) => void
}

export function startTrainer(
  { entry, environment }: TrainerLaunch,
  { card = null, onDevice = () => {}, limits = watchdogLimits }: TrainerWatch = {},
): TrainerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...preloadArguments(), entry], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ...environment },
    windowsHide: true,
  })
  const stderr = keepTail(child)
  let job: RunningJob | null = null
  const send = (command: TrainerCommand) => {
    if (child.connected) child.send(command, () => {})
  }
  const ended = new Promise<void>((resolve) => {
    const end = (how: string, code: Crash['code'] = 'engine') => {
      watchdog.stop()
      job?.end({ type: 'crashed', code, message: [how, stderr()].filter(Boolean).join('\n') })
      job = null
      resolve()
    }
    child.once('error', (error) => end(`The trainer could not be started: ${error.message}`))
    child.once('close', (code, signal) => {
      // Not killed by this host: the system's reaction to insufficient memory.
      const wasKilled = signal === 'SIGKILL' && !child.killed
      const how = wasKilled
        ? 'was killed (SIGKILL), possibly because memory ran out'
        : `ended with ${signal ?? `exit code ${code}`}`
      end(`The trainer ${how}.`, wasKilled || saysOutOfMemory(stderr()) ? 'memory' : 'engine')
    })
  })
  const watchdog = watch(limits, {
    ping: (id) => send({ type: 'ping', id }),
    onSilence: () => child.kill('SIGKILL'),
  })
  child.on('message', (event: TrainerEvent) => {
    watchdog.heard()
    if (job === null || event.type === 'pong') return
    const { onEvent, end, fail } = job
    try {
      if (event.type === 'ready') {
        onDevice(event.device)
        if (card !== null) requireGpu(event.device, card)
      }
      onEvent(event)
    } catch (error) {
      job = null
      child.kill('SIGKILL')
      return fail(error)
    }
    if (event.type === 'epoch') send({ type: 'recorded' })
    if (isEnding(event)) {
      job = null
      end(event)
    }
  })
  return {
    pid: child.pid ?? 0,
    alive: () => child.exitCode === null && child.signalCode === null && child.connected && !child.killed,
    run(next, onEvent) {
      if (job !== null) throw new ExitlabError('internal', 'The trainer already has a job.')
      return new Promise((end, fail) => {
        job = { onEvent, end, fail }
        if (!child.connected) return void ended.then(() => end({ type: 'crashed', code: 'engine', message: stderr() }))
        send({ type: 'job', job: next })
      })
    },
    pause: () => send({ type: 'pause' }),
    async close() {
      send({ type: 'exit' })
      const timer = setTimeout(() => child.kill('SIGKILL'), exitMilliseconds)
      await ended
      clearTimeout(timer)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** The last part of a process's stderr, for the report of a crash. */
function keepTail(child: ChildProcess): () => string {
  let tail = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-keptStderr)
  })
  return () => tail.trim()
}

/** Falling back to the processor, many times slower, would ignore the request. */
function requireGpu({ kind }: DeviceReport, card: Card): void {
  if (kind === 'gpu') return
  throw new ExitlabError(
    'engine',
    `A GPU was requested, but TensorFlow does not find ${card.name} (cuda:${card.index}). Install the GPU build, in the ` +
      `settings or by \`${setUpCommand.cuda}\`. To train on the processor, choose the device cpu, by --device ` +
      'or in the settings.',
  )
}
