import { stringify } from 'yaml'
import type { Preset } from '../../../contract/experiments.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { valueAt } from '../setting/setting-value.ts'
import type { DraftSource } from './use-experiment-draft.ts'
import { withItems, withoutValue, withValue } from './yaml-text.ts'

/** An example, without where editors of files find the schema. */
export function draftOfPreset({ source }: Preset): DraftSource {
  const text = source.replace(/^# yaml-language-server:.*\n(#\n)?/, '')
  return { text, folder: null, fileName: null }
}

/** What is tried where the loss of a run became infinite or no number. */
export const remedies = ['lower-learning-rate', 'gradient-clipping'] as const
export type Remedy = (typeof remedies)[number]

/** The setting that a remedy changes, and its new value: a tenth of the learning rate, or gradients of norm 1 at most. */
function remedySetting(remedy: Remedy, { training }: RunDetail['file']): { path: string[]; value: number } {
  if (remedy === 'gradient-clipping') return { path: ['training', 'clipNorm'], value: 1 }
  return { path: ['training', 'learningRate'], value: Number((training.learningRate / 10).toPrecision(6)) }
}

/**
 * A run's experiment with its regime, its seed and the settings of its series alone, as it was written if that is known, to be changed and started anew; with the
 * one setting changed that a remedy asks for.
 */
export function draftOfRun(
  { file, source, regime, seed, dataPath, weightsPath, settings }: RunDetail,
  remedy: Remedy | null = null,
): DraftSource {
  let text = source ?? stringify(file, { lineWidth: 0 })
  text = withItems(text, ['regimes'], [regime])
  text = withItems(text, ['seeds'], [seed])
  text = withoutValue(text, ['sweep'])
  for (const [path, value] of Object.entries(settings)) text = withValue(text, path.split('.'), value)
  const setting = remedy && remedySetting(remedy, file)
  if (setting) text = withValue(text, setting.path, setting.value)
  text = withValue(
    text,
    ['name'],
    setting ? `${file.name} ${setting.path.at(-1)} ${setting.value}` : `${file.name} copy`,
  )
  if (file.data.path !== undefined) text = withValue(text, ['data', 'path'], dataPath)
  // Weights that the experiment does not name are those of the file that its network comes from.
  const isOwn = file.initial === undefined && valueAt(file, ['network', 'file']) !== undefined
  const weights = isOwn ? ['network', 'file'] : ['initial', 'weights']
  if (weightsPath !== null) text = withValue(text, weights, weightsPath)
  return { text, folder: null, fileName: null }
}

/** What a draft's file is called: its own name, else one made of the experiment's. */
export function fileNameOf({ fileName }: DraftSource, values: Record<string, unknown>): string {
  if (fileName !== null) return fileName
  const words = (typeof values.name === 'string' ? values.name : '').toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return `${words?.join('-') ?? 'experiment'}.yaml`
}

/** Whether the text has a path that starts from a folder which is not known. */
export function needsFolder({ folder }: DraftSource, values: Record<string, unknown>): boolean {
  const paths = [
    valueAt(values, ['data', 'path']),
    valueAt(values, ['initial', 'weights']),
    valueAt(values, ['network', 'file']),
  ]
  return folder === null && paths.some((path) => typeof path === 'string' && path !== '' && !isAbsolutePath(path))
}

/** On any system: the host may run on another one than the window. */
export const isAbsolutePath = (path: string): boolean => /^(\/|[a-z]:[\\/]|\\\\)/i.test(path)
