import { schemaAt, settingsOf, type Setting, type SettingSchema } from '../../setting/setting-schema.ts'
import { settingName } from '../../setting/setting-words.ts'
import { TypedText, valueAt } from '../../setting/setting-value.ts'
import { oneText, oneTyped } from './written-parts.ts'

/** Schema of a phase of a regime of the file's own. */
function phaseSchema(schema: SettingSchema): SettingSchema {
  const regime = schemaAt(schema, ['regimes']).items?.anyOf?.find(({ properties }) => properties?.['phases'])
  return regime?.properties?.['phases']?.items ?? {}
}

/** A setting that a phase may have of its own, by its path in the phase. */
export interface PhaseSetting extends Setting {
  /** What the experiment has for it; undefined where that follows from others. */
  ofExperiment: unknown
  /** How it is typed, where it is no single value. */
  typing?: { example: string; text(value: never): string; typed(text: string): unknown }
}

/** Factors and exits are typed in a line. */
const typedSettings: Record<string, Required<PhaseSetting>['typing']> = {
  learningRates: {
    example: 'backbone: 0.1, heads: 1',
    text: (factors: object) =>
      typeof factors === 'object'
        ? Object.entries(factors).map(([part, factor]) => `${part}: ${factor}`).join(', ') // prettier-ignore
        : String(factors),
    typed: (text) => new TypedText(`{ ${text} }`),
  },
  stopsOn: { example: 'final', text: oneText, typed: oneTyped },
}

/** Settings that a phase may have of its own; `phase` as it is written. Their defaults are those of the experiment. */
export function phaseSettings(schema: SettingSchema, values: Record<string, unknown>, phase: object): PhaseSetting[] {
  const own = phaseSchema(schema)
  const sections = ['training', 'objective', 'augmentation', 'mixing', 'share']
  const settings = sections.flatMap((key) => settingsOf(schemaAt(own, [key]), [key], valueAt(phase, [key])))
  const ofExperiment = new Map(
    ['data', 'training', 'objective'].flatMap((key) =>
      settingsOf(schemaAt(schema, [key]), [key], values[key]).map((setting) => [setting.key, setting] as const),
    ),
  )
  const single = settings.map((setting) => {
    const path = ['augmentation', 'mixing'].includes(setting.path[0]!) ? ['data', ...setting.path] : setting.path
    const same = ofExperiment.get(path.join('.'))
    return { ...setting, name: same?.name ?? setting.name, ofExperiment: valueAt(values, path) ?? same?.default }
  })
  const typed = Object.entries(typedSettings).map(([key, typing]): PhaseSetting => ({
    ...{ path: [key], key, name: settingName(key), description: schemaAt(own, [key]).description ?? '' },
    ...{ default: undefined, required: false, decidesSection: false, control: { kind: 'text' } },
    ...{ ofExperiment: undefined, typing },
  }))
  return [...single, ...typed]
}
