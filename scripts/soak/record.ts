import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './kill.ts'
import { nothingKept, type Kept, type Moment } from './witness.ts'

export interface KillRecord {
  round: number
  target: Target
  /** `SIGTERM`, `SIGKILL`, or one after the other. */
  signals: string
  moment: Moment
  /** Whether it left a file half-written. */
  torn: boolean
  /** From the first signal until work went on; null where the next kill came first. */
  secondsToRecover: number | null
}

/** Everything trained and analysed once, with kills on the way. */
export interface RoundRecord {
  number: number
  seed: number
  kills: number
  seconds: number
  kept: Kept
  /** What went wrong; must be empty. */
  mismatches: string[]
  done: boolean
}

/** What is kept of a soak, so that it goes on where it was. */
export interface SoakRecord {
  /** Rounds are compared with a reference that was made by the same code on the same machine. */
  setUp: string
  seed: number
  startedAt: string
  kills: KillRecord[]
  rounds: RoundRecord[]
}

const recordFile = (folder: string) => join(folder, 'soak.json')

export function readRecord(folder: string): SoakRecord | null {
  const file = recordFile(folder)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SoakRecord) : null
}

export function writeRecord(folder: string, record: SoakRecord): void {
  replaceFile(recordFile(folder), JSON.stringify(record))
}

/** Whoever reads the file finds all of it or what was there before. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { flush: true })
  renameSync(`${file}.new`, file)
}

export function newRound(number: number, seed: number): RoundRecord {
  return { number, seed, kills: 0, seconds: 0, kept: nothingKept(), mismatches: [], done: false }
}
