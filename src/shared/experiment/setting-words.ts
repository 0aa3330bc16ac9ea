import type { Settings } from './experiment-settings.ts'
import type { Json } from '../basics/json.ts'

/** `training.learningRate 0.0001, training.epochs 50`; empty without settings. */
export function settingWords(settings: Settings): string {
  return Object.entries(settings)
    .map(([path, value]) =>
      path === 'learningRates' ? rateWords(value as Record<string, number>) : `${path} ${words(value)}`,
    )
    .join(', ')
}

const words = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))

/** `learning rate of backbone × 0.1, of heads × 1`. */
function rateWords(factors: Readonly<Record<string, number>>): string {
  const parts = Object.entries(factors).map(([part, factor]) => `of ${part} × ${factor}`)
  return `learning rate ${parts.join(', ')}`
}
