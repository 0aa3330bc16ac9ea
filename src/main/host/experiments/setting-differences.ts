import { canonicalJson } from '../../../shared/canonical-json.ts'
import { experimentEntries, fileOfSeries, type ExperimentFile } from '../../../experiment/experiment.ts'
import type { ExperimentSettings, Settings } from '../../../shared/experiment-settings.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { Json } from '../../../shared/json.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { SeriesRow } from '../../store/series.ts'
import { isRecord } from '../experiment-file/json-schema.ts'
import { settingPaths } from '../../../shared/setting-paths.ts'
import type { ExperimentRow } from '../../store/experiments.ts'

export interface SettingDifferences {
  runs: string[]
  settings: { path: string; values: Json[] }[]
  /** Settings that all runs agree on. */
  same: number
}

/** Settings in which runs differ, in the order of the experiment file, with a run's own regime and seed instead of the lists. */
export function settingDifferences(store: Store, runs: readonly RunRow[]): SettingDifferences {
  const settings = [...leaves(runs.map((run) => settingsOfRun(store, run)))]
  const differing = settings.filter(({ values }) => new Set(values.map(canonicalJson)).size > 1)
  return { runs: runs.map(({ id }) => id), settings: differing, same: settings.length - differing.length }
}

/** In the order in which people write an experiment, whatever order it was stored in. */
function settingsOfRun(store: Store, { experimentId, seriesId, regime, seed }: RunRow): Json {
  const file = fileOfSeries(store.experiments.get(experimentId)!.file, store.series.get(seriesId).settings)
  const own = { regimes: ['regime', regime], seeds: ['seed', seed] } as Record<string, [string, Json]>
  const keys = (Object.keys(experimentEntries.shape) as (keyof typeof file)[]).filter((key) => file[key] !== undefined)
  return Object.fromEntries(keys.map((key) => own[key] ?? [key, file[key] as Json]))
}

/** The settings of several files side by side, section by section. */
function* leaves(values: readonly Json[], path: string[] = []): Generator<{ path: string; values: Json[] }> {
  const sections = values.filter((value) => value !== null)
  if (sections.length === 0 || !sections.every(isRecord)) return yield { path: path.join('.'), values: [...values] }
  const keys = new Set(sections.flatMap((section) => Object.keys(section)))
  for (const key of keys) {
    yield* leaves(
      values.map((value) => (value as Record<string, Json | undefined> | null)?.[key] ?? null),
      [...path, key],
    )
  }
}

/** The settings of an experiment's series: as its file has them with defaults filled in, else as their networks do. */
export function settingsOfExperiment(
  { file }: Pick<ExperimentRow, 'file'>,
  series: readonly Pick<SeriesRow, 'name' | 'settings' | 'network'>[],
): ExperimentSettings {
  const all = series.map((each) => settingsOf(fileOfSeries(file, each.settings), each.network))
  const isCommon = (path: string) => new Set(all.map((each) => canonicalJson(each[path] ?? null))).size === 1
  const common = new Set(Object.keys(settingPaths).filter(isCommon))
  const part = (of: Settings, isPart: (path: string) => boolean) =>
    Object.fromEntries(Object.entries(of).filter(([path]) => isPart(path)))
  const own = all.map((each) => part(each, (path) => !common.has(path)))
  return {
    common: part(all[0]!, (path) => common.has(path)),
    series:
      common.size === Object.keys(settingPaths).length
        ? {}
        : Object.fromEntries(own.map((each, at) => [series[at]!.name, each])),
  }
}

function settingsOf(file: ExperimentFile, network: NetworkSpec): Settings {
  const values = Object.keys(settingPaths).map((path) => [path, valueAt(file, path) ?? valueAt({ network }, path)])
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}

function valueAt(settings: object, path: string): Json {
  const found = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : null), settings)
  return (found ?? null) as Json
}
