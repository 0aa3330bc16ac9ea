import { ExitlabError } from '../../../shared/basics/error.ts'
import type { WeightsRef } from '../../../shared/phases/checkpoint-ref.ts'
import { decodeMetadata, decodeSafetensors, encodeSafetensors } from '../../../shared/safetensors/safetensors.ts'
import type { TorchArray, TrainingProgress, TrainingSnapshot } from '../../../engine/index.ts'
import { readCheckpoint } from './checkpoint-file.ts'

/** Prefix of the names of what an optimiser keeps, of whichever: AdamW was the first. */
const momentPrefix = 'adamw.'

type Arrays = Record<string, TorchArray>

/** A snapshot as safetensors; the same snapshot gives the same bytes. */
export function encodeSnapshot(phaseId: string, { model, moments, progress }: TrainingSnapshot): Uint8Array {
  const prefixed = Object.entries(moments).map(([name, array]) => [momentPrefix + name, array] as const)
  return encodeSafetensors(
    { ...model, ...Object.fromEntries(prefixed) },
    { content: 'snapshot', phase: phaseId, progress: JSON.stringify(progress) },
  )
}

/** @throws ExitlabError `checkpoint-damaged` if it is not a snapshot of this phase. */
export function decodeSnapshot(phaseId: string, bytes: Uint8Array, file: string): TrainingSnapshot {
  const { arrays, metadata } = decodeSafetensors(bytes, file)
  checkContent(metadata, { content: 'snapshot', phaseId, file })
  if (metadata.progress === undefined) throw notA('snapshot', file)
  const [moments, model] = [{} as Arrays, {} as Arrays]
  for (const [name, array] of Object.entries(arrays as Arrays)) {
    if (name.startsWith(momentPrefix)) moments[name.slice(momentPrefix.length)] = array
    else model[name] = array
  }
  return { model, moments, progress: JSON.parse(metadata.progress) as TrainingProgress }
}

/** The best checkpoint of a phase. */
export function encodeWeights(phaseId: string, model: Arrays): Uint8Array {
  return encodeSafetensors(model, { content: 'weights', phase: phaseId })
}

/** The weights of a phase. @throws ExitlabError `checkpoint-damaged` if its file is, or has others. */
export async function readWeights(ref: WeightsRef): Promise<Arrays> {
  return decodeWeights(ref.phaseId, await readCheckpoint(ref), ref.file)
}

/** @throws ExitlabError `checkpoint-damaged` if it does not contain weights of this phase. */
export function decodeWeights(phaseId: string, bytes: Uint8Array, file: string): Arrays {
  checkWeights(phaseId, bytes, file)
  return decodeSafetensors(bytes, file).arrays as Arrays
}

/** @throws ExitlabError `checkpoint-damaged` if it does not contain weights of this phase. */
export function checkWeights(phaseId: string, bytes: Uint8Array, file: string): void {
  checkContent(decodeMetadata(bytes, file), { content: 'weights', phaseId, file })
}

interface Expected {
  content: 'snapshot' | 'weights'
  phaseId: string
  file: string
}

/** Folders can be renamed or mixed up: the content must name its owner. */
function checkContent(metadata: Readonly<Record<string, string>>, { content, phaseId, file }: Expected): void {
  if (metadata.content !== content) throw notA(content === 'weights' ? 'set of weights' : content, file)
  if (metadata.phase === phaseId) return
  throw new ExitlabError(
    'checkpoint-damaged',
    `${file} belongs to another phase, ${metadata.phase}: it is in the wrong folder.`,
  )
}

function notA(what: string, file: string): ExitlabError {
  return new ExitlabError('checkpoint-damaged', `${file} is not a ${what}.`)
}
