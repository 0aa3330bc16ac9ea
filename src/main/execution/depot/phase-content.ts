import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  evaluationName,
  finalName,
  manifest,
  manifestSuffix,
  type Manifest,
} from '../../../files/checkpoint-manifest.ts'
import { diskError } from '../../../files/durable-file.ts'
import { NoFileError, readRegularFileSync } from '../../../files/regular-file.ts'
import { parseSealed } from '../../../files/sealed-json.ts'
import { evaluationRecord, recordName, type EvaluationRecord } from './evaluation-record.ts'

/** What a phase's folder holds, as its records say. Read synchronously: of a hundred thousand folders, in seconds. */
export interface PhaseContent {
  names: string[]
  /** Of its records, by name. */
  texts: Map<string, string>
  weights: Manifest | null
  evaluation: EvaluationRecord | null
  /** Checkpoints of a phase that is not done, newest first. */
  snapshots: Manifest[]
  /** Names of records that are damaged. */
  damaged: string[]
}

export function readContent(folder: string): PhaseContent {
  const names = namesIn(folder)
  const damaged: string[] = []
  const texts = new Map<string, string>()
  const sealed = <Schema extends Parameters<typeof parseSealed>[1]>(name: string, schema: Schema) => {
    const text = textOf(join(folder, name))
    if (text === undefined) return null
    const found = text === null ? null : parseSealed(text, schema)
    if (text !== null) texts.set(name, text)
    if (found === null) damaged.push(name)
    return found
  }
  const manifests = names
    .filter((name) => name.endsWith(manifestSuffix))
    .flatMap((name) => sealed(name, manifest) ?? [])
  const weights = manifests.find(({ file }) => file === finalName) ?? null
  const evaluation = names.includes(recordName) ? sealed(recordName, evaluationRecord) : null
  return {
    names,
    texts,
    weights,
    damaged,
    evaluation: evaluation !== null && evaluation.weights === weights?.sha256 ? evaluation : null,
    snapshots: manifests.filter(({ file }) => file !== finalName).sort((a, b) => b.step - a.step || b.epoch - a.epoch),
  }
}

/** None where the folder has been removed meanwhile. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw diskError(folder, error, 'read')
  }
}

/** The text of a record; null where it is no file, or a link that leads nowhere; undefined where there is none. */
export function textOf(path: string): string | null | undefined {
  try {
    return readRegularFileSync(path).toString()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof NoFileError || code === 'ELOOP') return null
    if (code !== 'ENOENT') throw diskError(path, error, 'read')
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : null
  }
}

/** Steps of a phase that a checkpoint holds. */
export const stepsIn = ({ weights, snapshots }: PhaseContent) => (weights ?? snapshots[0])?.step ?? 0

/** Name of the record of a file of weights or of an evaluation. */
export const recordOf = (file: string) => (file === evaluationName ? recordName : file + manifestSuffix)

/** Files with a checksum, each with the record beside it that has its SHA-256. */
export function recordedFiles({ weights, evaluation, snapshots }: PhaseContent) {
  const checkpoints = weights === null ? snapshots : [weights]
  const evaluations = evaluation === null ? [] : [{ file: evaluationName, sha256: evaluation.sha256 }]
  return [...checkpoints, ...evaluations].map(({ file, sha256 }) => ({ name: file, record: recordOf(file), sha256 }))
}

/** How far a phase is, by what its folder holds. */
export type PhaseProgress = 'evaluated' | 'trained' | 'begun' | 'waiting'

export function progressOf({ weights, evaluation, snapshots }: PhaseContent): PhaseProgress {
  if (evaluation !== null) return 'evaluated'
  if (weights !== null) return 'trained'
  return snapshots.length > 0 ? 'begun' : 'waiting'
}
