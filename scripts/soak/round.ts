import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceAt } from '../../src/main/store/workspace.ts'
import { openStoreReadOnly } from '../../src/main/store/open.ts'
import { depotIn } from './depot-phases.ts'
import { drawKill, type Kill } from './kill.ts'
import { startLife, type Life, type LifeEnd } from './life.ts'
import type { HostMessage } from './messages.ts'
import type { KillRecord, RoundRecord } from './record.ts'
import { createWitness, type Moment, type Witness } from './witness.ts'

export interface RoundOptions {
  workspace: string
  planFile: string
  round: RoundRecord
  /** Whether another kill is wanted. */
  wanted(): boolean
  /** Called after each kill, and when work goes on after one, which then has its time. */
  killed(kill: KillRecord): void
  /** Called with each life, so that it can be ended from outside. */
  began(life: Life): void
}

/** A trainer that crashes more often than this without any work that is kept makes its run fail, as it should. */
const crashesInARow = 2
/** A host that ends by itself so often does not come further. */
const faultyLives = 5

/** The latest kill, until work goes on after it. */
interface Recovery {
  pending: { kill: KillRecord; since: number } | null
}

/** Works through the plan in a workspace, killed again and again, until everything is done. What goes wrong is in `round.mismatches`. */
export async function workThroughRound(options: RoundOptions): Promise<void> {
  const { round } = options
  const recovery: Recovery = { pending: null }
  for (let faulty = 0; faulty < faultyLives;) {
    const started = performance.now()
    const end = await live(options, recovery)
    round.seconds += (performance.now() - started) / 1000
    if (end.finished !== null) return void round.mismatches.push(...end.finished)
    if (end.struck) checkStore(options)
    else {
      faulty++
      round.mismatches.push(`a host ended by itself with ${end.signal ?? `exit code ${end.code}`}: ${end.stderr}`)
    }
  }
  round.mismatches.push(`${faultyLives} hosts ended by themselves: the round was given up`)
}

/** What a trainer tells when some of its work is kept. */
const keepsWork: ReadonlySet<string> = new Set(['checkpoint', 'analysing', 'trained', 'evaluated', 'analysed'])

type End = LifeEnd & { struck: boolean }

/** One host, from its start to its end. */
async function live(options: RoundOptions, recovery: Recovery): Promise<End> {
  const { workspace, planFile, round, wanted, began } = options
  const witness = createWitness(round.kept, (text) => round.mismatches.push(text))
  const striker = createStriker(options, { witness, recovery })
  const { checkpointSeconds } = drawKill(round.seed, round.kills)
  const life = startLife({ workspace, planFile, checkpointSeconds, witness, heard: striker.heard })
  began(life)
  while (wanted()) {
    const kill = striker.next()
    const cued = await Promise.race([life.ended, life.cue(kill)])
    if (typeof cued !== 'boolean') return { ...cued, struck: false }
    if (witness.workedThrough()) break
    const last = await striker.strike(life, { kill, cued })
    if (last) return { ...(await endOf(life, { kill, round })), struck: true }
  }
  return { ...(await life.ended), struck: false }
}

async function endOf(life: Life, { kill, round }: { kill: Kill; round: RoundRecord }): Promise<LifeEnd> {
  const end = await life.ended
  const wasAsked = kill.signals.length === 1 && kill.signals[0] === 'SIGTERM'
  // Before it could listen to signals it dies of them.
  const inOrder = end.code === 0 || end.signal === 'SIGTERM'
  if (wasAsked && !inOrder) {
    round.mismatches.push(`SIGTERM ended a host with ${end.signal ?? `exit code ${end.code}`}: ${end.stderr}`)
  }
  return end
}

interface Killing {
  witness: Witness
  recovery: Recovery
}

/** Draws the kills of a life, strikes, and notes what was hit. */
function createStriker({ workspace, round, killed }: RoundOptions, { witness, recovery }: Killing) {
  let crashes = 0

  return {
    heard(message: HostMessage): void {
      if (message.type !== 'heard') return
      const { type } = message.event
      if (keepsWork.has(type)) crashes = 0
      if (recovery.pending === null || !(keepsWork.has(type) || type === 'started')) return
      const { kill, since } = recovery.pending
      kill.secondsToRecover = (performance.now() - since) / 1000
      recovery.pending = null
    },
    next: () => drawKill(round.seed, round.kills),
    /** Returns whether the host dies of it. */
    async strike(life: Life, { kill, cued }: { kill: Kill; cued: boolean }): Promise<boolean> {
      const hitsTrainer = witness.trainers().length > 0 && crashes < crashesInARow
      const target = kill.target === 'trainer' && !hitsTrainer ? 'host' : kill.target
      const isWrite = kill.cue === 'write' && cued
      const moment = momentOf(witness, { isWrite, inGoodOrder: target !== 'trainer' && kill.signals.length === 2 })
      const since = performance.now()
      await life.strike({ ...kill, target })
      const record: KillRecord = {
        round: round.number,
        target,
        moment,
        signals: kill.signals.join(', then '),
        torn: hasTornFile(workspace),
        secondsToRecover: null,
      }
      round.kills++
      recovery.pending = { kill: record, since }
      killed(record)
      crashes++
      return target !== 'trainer'
    },
  }
}

function momentOf(witness: Witness, { isWrite, inGoodOrder }: { isWrite: boolean; inGoodOrder: boolean }): Moment {
  const moment = witness.moment()
  if (inGoodOrder) return 'ending in good order'
  return isWrite && (moment === 'epoch' || moment === 'phase start-up') ? 'checkpoint' : moment
}

/** Whether something is left that was being written. */
function hasTornFile(workspace: string): boolean {
  const { checkpoints, analyses } = workspaceAt(workspace)
  return [checkpoints, analyses, depotIn(workspace)].some((folder) =>
    namesBelow(folder).some((name) => name.endsWith('.partial')),
  )
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[]
  } catch (error) {
    // A trainer that has not died yet may have renamed what was just listed.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** After the death of a host: its store is sound, and the runs in it are still there. */
function checkStore({ workspace, round }: RoundOptions): void {
  const store = openStoreReadOnly(workspace)
  if (store === null) return
  try {
    round.mismatches.push(...store.integrityProblems().map((problem) => `${join(workspace, 'exitlab.db')}: ${problem}`))
  } finally {
    store.close()
  }
}
