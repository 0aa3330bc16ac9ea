import { ExitlabError } from '../../../shared/error.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../shared/safetensors.ts'
import type { NamedArray, TrainingProgress, TrainingSnapshot } from '../../engine/index.ts'

/** Moments lie beside the parameters, apart from them by this. */
const momentPrefix = 'adamw.'

type Arrays = Record<string, NamedArray>

/** A snapshot as safetensors; the same snapshot gives the same bytes. */
export function encodeSnapshot(phaseId: string, { model, moments, progress }: TrainingSnapshot): Uint8Array {
  const prefixed = Object.entries(moments).map(([name, array]) => [momentPrefix + name, array] as const)
  return encodeSafetensors(
    { ...model, ...Object.fromEntries(prefixed) },
    { content: 'snapshot', phase: phaseId, progress: JSON.stringify(progress) },
  )
}

/** @throws ExitlabError `checkpoint-damaged` where it is no snapshot, or one of another phase. */
export function decodeSnapshot(phaseId: string, bytes: Uint8Array, file: string): TrainingSnapshot {
  const { arrays, metadata } = decodeSafetensors(bytes, file)
  if (metadata.content !== 'snapshot' || metadata.progress === undefined) throw notA('snapshot of a phase', file)
  if (metadata.phase !== phaseId) throw notA(`snapshot of phase ${phaseId}, but of ${metadata.phase}`, file)
  const [moments, model] = [{} as Arrays, {} as Arrays]
  for (const [name, array] of Object.entries(arrays as Arrays)) {
    if (name.startsWith(momentPrefix)) moments[name.slice(momentPrefix.length)] = array
    else model[name] = array
  }
  return { model, moments, progress: JSON.parse(metadata.progress) as TrainingProgress }
}

/** The weights that a phase hands on. */
export function encodeWeights(phaseId: string, model: Arrays): Uint8Array {
  return encodeSafetensors(model, { content: 'weights', phase: phaseId })
}

export function decodeWeights(bytes: Uint8Array, file: string): Arrays {
  const { arrays, metadata } = decodeSafetensors(bytes, file)
  if (metadata.content !== 'weights') throw notA('set of weights', file)
  return arrays as Arrays
}

function notA(what: string, file: string): ExitlabError {
  return new ExitlabError('checkpoint-damaged', `${file} is no ${what}`)
}
