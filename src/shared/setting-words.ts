import type { Settings } from './experiment-settings.ts'

/** `training.learningRate 0.0001, training.epochs 50`; empty without settings. */
export function settingWords(settings: Settings): string {
  return Object.entries(settings)
    .map(([path, value]) => `${path} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
