import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdirSync, watch, type FSWatcher } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TrainerJob } from '../../src/contract/experiment/trainer-jobs.ts'
import type { Kill } from './kill.ts'
import type { HostMessage } from './messages.ts'
import type { Witness } from './witness.ts'

/** A host from its start to its death. */
export interface Life {
  /** Waits for the moment of a kill; where its cue does not come, for as long as that is worth it. Returns whether it came. */
  cue(kill: Kill): Promise<boolean>
  /** Sends a kill's signals to its processes. */
  strike(kill: Kill): Promise<void>
  /** How the host ended; `finished`: everything is done, with what `doctor` finds. */
  ended: Promise<LifeEnd>
  end(): void
}

export interface LifeEnd {
  code: number | null
  signal: NodeJS.Signals | null
  finished: string[] | null
  stderr: string
}

export interface LifeOptions {
  workspace: string
  planFile: string
  checkpointSeconds: number
  witness: Witness
  heard(message: HostMessage): void
}

const entry = fileURLToPath(new URL('host.ts', import.meta.url))
/** A cue that has not come after so much work does not come soon. */
const patienceMilliseconds = 4_000
/** Nothing that a host or a trainer does takes so long without a word. */
const silenceMilliseconds = 600_000

export function startLife({ workspace, planFile, checkpointSeconds, witness, heard }: LifeOptions): Life {
  const args = ['--disable-warning=ExperimentalWarning', entry, workspace, planFile, String(checkpointSeconds)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' })
  const cues = new EventEmitter()
  const writes = watchWrites(() => cues.emit('write'))
  let finished: string[] | null = null
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4_000)))
  const silence = setInterval(() => child.kill('SIGKILL'), silenceMilliseconds)
  child.on('message', (message: HostMessage) => {
    silence.refresh()
    witness.hear(message)
    heard(message)
    if (message.type === 'finished') finished = message.problems
    if (message.type === 'job') writes.follow(message.job)
    for (const cue of cuesOf(message, witness)) cues.emit(cue)
  })
  const ended = once(child, 'close').then(([code, signal]): LifeEnd => {
    clearInterval(silence)
    writes.end()
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, finished, stderr }
  })

  return {
    ended,
    end: () => void child.kill('SIGKILL'),
    async cue({ cue, occurrence, milliseconds }) {
      const came = cue === 'start' ? Promise.resolve(true) : occurrenceOf(cues, cue, occurrence)
      const patience = once(cues, 'work').then(() => setTimeout(patienceMilliseconds, false, { ref: false }))
      const inTime = await Promise.race([came, patience])
      await setTimeout(milliseconds)
      return inTime
    },
    async strike({ target, signals, secondMilliseconds }) {
      for (const [index, signal] of signals.entries()) {
        if (index > 0) await setTimeout(secondMilliseconds)
        if (target !== 'host') for (const pid of witness.trainers()) kill(pid, signal)
        if (target !== 'trainer') child.kill(signal)
      }
    },
  }
}

function cuesOf(message: HostMessage, witness: Witness): string[] {
  if (message.type === 'job') return ['job']
  if (message.type !== 'heard') return []
  const moment = witness.moment()
  if (moment === 'epoch') return ['work']
  return moment === 'evaluation' || moment === 'analysis' ? ['work', 'evaluation or analysis'] : []
}

function occurrenceOf(cues: EventEmitter, cue: string, occurrence: number): Promise<true> {
  return new Promise((resolve) => {
    let left = occurrence
    cues.on(cue, function count() {
      if (--left > 0) return
      cues.off(cue, count)
      resolve(true)
    })
  })
}

/** Tells of changes in the folder of the latest job. */
function watchWrites(changed: () => void) {
  let watcher: FSWatcher | null = null
  const end = () => watcher?.close()
  return {
    end,
    follow(job: TrainerJob): void {
      end()
      const folder = writtenBy(job)
      if (folder === null) return
      mkdirSync(folder, { recursive: true })
      watcher = watch(folder, changed)
    },
  }
}

function writtenBy(job: TrainerJob): string | null {
  if (job.kind === 'train') return job.checkpointFolder
  if (job.kind === 'evaluate') return dirname(job.outputFile)
  return job.kind === 'analyse' ? job.folder : null
}

/** It may have ended a moment ago. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
