import { settingPaths } from '../../../shared/setting-paths.ts'
import type { ExperimentRow } from '../../store/experiments.ts'
import { isRecord } from '../experiment-file/json-schema.ts'
import type { Json } from './setting-differences.ts'

/**
 * The settings of an experiment by their paths: as its file has them with defaults filled in, else as its network does. Those
 * that it does not have, or that are null, are left out.
 */
export function settingsOf({ file, network }: Pick<ExperimentRow, 'file' | 'network'>): Record<string, Json> {
  const values = Object.keys(settingPaths).map((path) => [path, valueAt(file, path) ?? valueAt({ network }, path)])
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}

function valueAt(settings: object, path: string): Json {
  const found = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : null), settings)
  return (found ?? null) as Json
}
