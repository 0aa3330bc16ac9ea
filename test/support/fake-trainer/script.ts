import { existsSync, readFileSync, renameSync, writeFileSync, appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../../src/shared/basics/error.ts'

/** What a fake trainer does, read anew for each job. */
export interface FakeScript {
  stepsPerEpoch: number
  stepMilliseconds: number
  /** A checkpoint is also written after every so many steps. */
  checkpointSteps: number
  /** Training waits at this step until the script says otherwise. */
  holdAtStep: number | null
  /** Dies this many more times, at this step of whatever it trains, or at this part of whatever it analyses. */
  crashes: number
  crashAtStep: number | null
  crashAtPart: number | null
  /** Dies when it is asked to pause. */
  crashAtPause: boolean
  /** Outputs of this many more evaluations are no numbers. */
  notFinite: number
  /** Writes over the weights that a phase starts from, before it reads them. */
  damagesStart: boolean
  /** Every training ends so. */
  failure: { code: ErrorCode; message: string } | null
  /** Parts of each analysis. */
  parts: number
  /** An analysis waits at this part until the script says otherwise. */
  holdAtPart: number | null
  /** Every analysis ends so. */
  analysisFailure: { code: ErrorCode; message: string } | null
  /** The host is killed when the result of an analysis is on the disk, before it is told. */
  killHostAtResult: boolean
  /** Images of another version have another fingerprint. */
  imagesVersion: string
  /** What it says while it looks at a data set; null: nothing. */
  says: string | null
  /** What is to be learned of the images; null: their classes. */
  task: 'regression' | null
  /** Its TensorFlow finds the card that it is started for. */
  findsCards: boolean
}

const defaultScript: FakeScript = {
  stepsPerEpoch: 3,
  stepMilliseconds: 0,
  checkpointSteps: 2,
  holdAtStep: null,
  crashes: 0,
  crashAtStep: 2,
  crashAtPart: null,
  crashAtPause: false,
  notFinite: 0,
  damagesStart: false,
  failure: null,
  parts: 4,
  holdAtPart: null,
  analysisFailure: null,
  killHostAtResult: false,
  imagesVersion: 'first',
  says: null,
  task: null,
  findsCards: true,
}

/**
 * What the trainers of a test did, line by line: `train <phase>`, `trained <phase>`, `evaluate`, `analyse <kind>`,
 * `part <index>`, `analysed <kind>`, `on <card>`, …
 */
const journal = 'journal.txt'

export function readScript(folder: string): FakeScript {
  const path = join(folder, 'script.json')
  const changes = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<FakeScript>) : {}
  return { ...defaultScript, ...changes }
}

export function writeScript(folder: string, script: Partial<FakeScript>): void {
  const path = join(folder, 'script.json')
  writeFileSync(`${path}.new`, JSON.stringify(script))
  renameSync(`${path}.new`, path)
}

export function note(folder: string, line: string): void {
  appendFileSync(join(folder, journal), `${line}\n`)
}

export function readJournal(folder: string): string[] {
  const path = join(folder, journal)
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
}
