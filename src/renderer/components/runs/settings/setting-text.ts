import { none } from '../../../format/numbers.ts'
import type { SettingValue } from './differing-settings.ts'

/** A setting's value as an experiment file has it; what is not there is a dash. */
export function settingText(value: SettingValue): string {
  if (value === null) return none
  if (Array.isArray(value)) return `[${value.map(settingText).join(', ')}]`
  if (typeof value === 'object') return `{ ${Object.entries(value).map(([key, each]) => `${key}: ${settingText(each)}`).join(', ')} }` // prettier-ignore
  return String(value)
}
