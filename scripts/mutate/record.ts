import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from '../soak/record.ts'
import { isFound, type Trial } from './mutant.ts'

/** What is kept of a sample, so that it goes on where it was. */
export interface SampleRecord {
  seed: number
  startedAt: string
  /** By the name of the mutant. */
  trials: Record<string, KeptTrial>
  /** Why mutants could not be tried, by source file. */
  failures: Record<string, string>
}

export interface KeptTrial {
  trial: Trial
  /** Of the test files that it was tried with. */
  testsDigest: string
}

export function readRecord(file: string): SampleRecord | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SampleRecord) : null
}

export const writeRecord = (file: string, record: SampleRecord) => replaceFile(file, JSON.stringify(record, null, 1))

/** Whether a mutant is still to be tried: never tried, or not found by tests that have changed since. */
export function isOpen(kept: KeptTrial | undefined, testsDigest: string): boolean {
  return kept === undefined || (!isFound(kept.trial) && kept.testsDigest !== testsDigest)
}

export function digestOf(tests: readonly string[]): string {
  const hash = createHash('sha256')
  for (const test of tests) hash.update(test).update(readFileSync(test))
  return hash.digest('hex')
}
