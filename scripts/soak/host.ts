/**
 * The host that the soak kills: `node host.ts WORKSPACE PLAN CHECKPOINT_SECONDS`. Works through a plan (a JSON file) with
 * Exitlab's own trainer, from wherever the workspace stands, and tells its parent each step over IPC. SIGTERM ends it as
 * it ends `exitlab serve`: with a checkpoint.
 */
import type { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { openHost, type Host } from '../../src/main/host/open/index.ts'
import type { TrainerEvent } from '../../src/shared/phases/trainer-events.ts'
import type { TrainerCommand } from '../../src/contract/experiment/trainer-jobs.ts'
import { trainDepotPhases } from './depot-phases.ts'
import type { HostMessage } from './messages.ts'
import type { Plan } from './plan.ts'
import { wasKilled } from './was-killed.ts'

const [workspace, planFile, checkpointSeconds] = process.argv.slice(2) as [string, string, string]
const leaving = new AbortController()
process.once('SIGTERM', () => leaving.abort())
// A soak that died has no use for its host.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
subscribe('child_process', (message) => observe((message as { process: ChildProcess }).process))
const host = await openHost({
  workspace,
  checkpointSeconds: Number(checkpointSeconds),
  retryMilliseconds: [50, 50, 50],
})
tell({ type: 'open' })
/** Phases of the depot while they are trained: they end with a checkpoint, too. */
let depotPhases: Promise<void> | null = null
await Promise.race([aborted(leaving.signal), workThrough(host, JSON.parse(readFileSync(planFile, 'utf8')) as Plan)])
await depotPhases
await host.close()
process.exit()

function tell(message: HostMessage): void {
  process.send!(message)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())))
}

type Send = (command: TrainerCommand, ...rest: unknown[]) => boolean

/** Passes on what a trainer is told to do and what it tells, from before it is spawned: it gets its first job at once. */
function observe(trainer: ChildProcess): void {
  trainer.on('message', (event) => tell({ type: 'heard', pid: trainer.pid!, event: event as TrainerEvent }))
  trainer.once('exit', () => tell({ type: 'trainer-ended', pid: trainer.pid! }))
  let send: Send
  Object.defineProperty(trainer, 'send', {
    set: (original: Send) => (send = original),
    get: (): Send =>
      function (this: ChildProcess, command, ...rest) {
        if (command.type === 'job') tell({ type: 'job', pid: trainer.pid!, job: command.job })
        return send.call(this, command, ...rest)
      },
  })
}

/** It fails once the host is leaving: nobody waits for its end then. */
async function workThrough({ client, idle }: Host, { experiments, analyses, depotRuns }: Plan): Promise<void> {
  for (const file of experiments) await untilNotKilled(() => client.experiments.create({ file }))
  await idle()
  leaving.signal.throwIfAborted()
  for (const question of analyses) await client.analyses.ask(question)
  await idle()
  leaving.signal.throwIfAborted()
  const options = { workspace, checkpointSeconds: Number(checkpointSeconds), stop: leaving.signal }
  await (depotPhases = trainDepotPhases({ ...options, runs: depotRuns }))
  leaving.signal.throwIfAborted()
  tell({ type: 'worked-through' })
  const findings = await client.system.doctor()
  leaving.signal.throwIfAborted()
  // How full the disk is, is no fault of what is tested.
  const problems = findings.filter(({ check, status }) => status !== 'ok' && check !== 'disk')
  tell({ type: 'finished', problems: problems.map(({ check, detail }) => `doctor: ${check}: ${detail}`) })
}

/** Asks again where the trainer that reads the images for an answer was killed: whoever asks is told so, as the queue is not. */
async function untilNotKilled(ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      return void (await ask())
    } catch (error) {
      if (!wasKilled(error)) throw error
    }
  }
}
