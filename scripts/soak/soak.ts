import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differencesOf, factsOf, type Facts } from './facts.ts'
import type { Life } from './life.ts'
import { writeData, type Plan } from './plan.ts'
import { newRound, readRecord, replaceFile, writeRecord, type RoundRecord, type SoakRecord } from './record.ts'
import { workThroughRound } from './round.ts'
import { nothingKept } from './witness.ts'

export interface SoakOptions {
  /** Absolute folder of everything that the soak keeps. */
  folder: string
  plan: Plan
  /** Kills in all, those of earlier calls included. */
  kills: number
  /** Of a soak that begins; one that goes on keeps its own. */
  seed: number
  /** Names code and machine. */
  setUp: string
  /** Called whenever the record changes. */
  progress(record: SoakRecord): void
  /** Called with each host that is started, so that it can be ended from outside. */
  began(life: Life): void
}

/** Kills as often as is wanted, in as many rounds as that takes, and compares each with an uninterrupted one. */
export async function soak(options: SoakOptions): Promise<SoakRecord> {
  const { folder, setUp, seed, kills } = options
  mkdirSync(folder, { recursive: true })
  const record = readRecord(folder) ?? { setUp, seed, startedAt: new Date().toISOString(), kills: [], rounds: [] }
  if (record.setUp !== setUp) forgetSetUp(options, record)
  await writeData(folder)
  writeFileSync(planFileOf(folder), JSON.stringify(options.plan))
  const reference = await referenceFacts(options)
  while (record.kills.length < kills || record.rounds.some(({ done }) => !done)) {
    const round = record.rounds.find(({ done }) => !done) ?? addRound(record)
    await doRound(options, { record, round, reference })
  }
  return record
}

function addRound({ rounds, seed }: SoakRecord): RoundRecord {
  const round = newRound(rounds.length + 1, seed + rounds.length)
  rounds.push(round)
  return round
}

interface Round {
  record: SoakRecord
  round: RoundRecord
  reference: Facts
}

async function doRound({ folder, kills, began, progress }: SoakOptions, { record, round, reference }: Round) {
  const workspace = join(folder, `round-${round.number}`)
  const save = () => {
    writeRecord(folder, record)
    progress(record)
  }
  await workThroughRound({
    workspace,
    planFile: planFileOf(folder),
    round,
    began,
    wanted: () => record.kills.length < kills,
    killed(kill) {
      record.kills.push(kill)
      save()
    },
  })
  round.mismatches.push(...differencesOf(reference, factsOf(workspace)))
  round.done = true
  save()
  // One with a mismatch stays, to be looked at.
  if (round.mismatches.length === 0) rmSync(workspace, { recursive: true })
}

/** What the plan comes to without any kill. @throws Error where even that has a problem. */
async function referenceFacts({ folder, began }: SoakOptions): Promise<Facts> {
  const file = referenceFileOf(folder)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Facts
  const workspace = join(folder, 'reference')
  rmSync(workspace, { recursive: true, force: true })
  const round = newRound(0, 0)
  const undisturbed = { wanted: () => false, killed: () => {}, began }
  await workThroughRound({ workspace, planFile: planFileOf(folder), round, ...undisturbed })
  if (round.mismatches.length > 0) throw new Error(`The uninterrupted run failed:\n${round.mismatches.join('\n')}`)
  const facts = factsOf(workspace)
  replaceFile(file, JSON.stringify(facts))
  return facts
}

/** Results of other code or another machine are no reference: they are made anew, and the round that is not finished begins again. */
function forgetSetUp({ folder, setUp }: SoakOptions, record: SoakRecord): void {
  record.setUp = setUp
  rmSync(referenceFileOf(folder), { force: true })
  for (const round of record.rounds.filter(({ done }) => !done)) {
    rmSync(join(folder, `round-${round.number}`), { recursive: true, force: true })
    round.kept = nothingKept()
  }
  writeRecord(folder, record)
}

const planFileOf = (folder: string) => join(folder, 'plan.json')
const referenceFileOf = (folder: string) => join(folder, 'reference.json')
