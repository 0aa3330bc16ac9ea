import { settingPaths, type SettingPath } from '../../../../shared/experiment/setting-paths.ts'

const paths = Object.keys(settingPaths) as SettingPath[]

/** Short names of common settings. A network has a variant or sizes of its own. */
const aliases: Readonly<Record<string, readonly SettingPath[]>> = {
  lr: ['training.learningRate'],
  batch: ['training.batchSize'],
  data: ['data.source'],
  network: ['network.variant', 'network.family'],
  schedule: ['training.schedule.kind'],
  patience: ['training.earlyStopping.patience'],
}

const lastOf = (path: string) => path.slice(path.lastIndexOf('.') + 1)

/** Settings of a key, ignoring case: `lr`, `batchSize`, `training.batchSize`. Empty: none. */
export function settingsNamed(key: string): readonly SettingPath[] {
  const typed = key.toLowerCase()
  const alias = Object.hasOwn(aliases, typed) ? aliases[typed]! : null
  return alias ?? paths.filter((path) => [path, lastOf(path)].some((name) => name.toLowerCase() === typed)).slice(0, 1)
}

/** The shortest key that means a setting and nothing else; `taken` are the keys that mean something else. */
export function shortKeyOf(path: SettingPath, taken: readonly string[]): string {
  const alias = Object.keys(aliases).find((each) => aliases[each]!.length === 1 && aliases[each]![0] === path)
  const last = lastOf(path)
  const unique = !taken.includes(last) && settingsNamed(last)[0] === path
  return alias ?? (unique ? last : path)
}

/** Every key of a setting, for what may have been meant. */
export const settingKeys: readonly string[] = [...Object.keys(aliases), ...paths.map(lastOf), ...paths]
