import { distinctBy } from '../../../shared/basics/distinct.ts'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { settingsOfPhases } from '../../../contract/experiment/phase-settings.ts'
import { chosenRegime } from '../../../contract/experiment/regime-choice.ts'
import type { WrittenRegime } from '../../../shared/phases/written-phase.ts'
import { experimentEntries, fileOfSeries, type ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { ExperimentSettings, Settings } from '../../../shared/experiment/experiment-settings.ts'
import type { NetworkSpec } from '../../../shared/network/network.ts'
import type { Json } from '../../../shared/basics/json.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import type { SeriesRow } from '../../store/series.ts'
import { isRecord } from '../../../shared/basics/json-schema.ts'
import { settingPaths } from '../../../shared/experiment/setting-paths.ts'
import type { ExperimentRow } from '../../store/experiments.ts'

/**
 * Settings in which runs differ, in the order of the experiment file, with a run's own regime and seed instead of the lists; and on how
 * many all agree.
 */
export function settingDifferences(store: Store, runs: readonly RunRow[]) {
  const settings = [...leaves(runs.map((run) => settingsOfRun(store, run)))]
  const differing = settings.filter(({ values }) => new Set(values.map(canonicalJson)).size > 1)
  return { runs: runs.map(({ id }) => id), settings: differing, same: settings.length - differing.length }
}

/** In the order in which people write an experiment, whatever order it was stored in. */
function settingsOfRun(store: Store, { experimentId, seriesId, regime, seed }: RunRow): Json {
  const file = fileOfSeries(store.experiments.get(experimentId)!.file, store.series.get(seriesId).settings)
  const choice = chosenRegime(file.regimes, regime)
  const phases: [string, Json][] = typeof choice === 'string' ? [] : [['phases', choice.phases as unknown as Json]]
  const own: Record<string, [string, Json][]> = { regimes: [['regime', regime], ...phases], seeds: [['seed', seed]] }
  const keys = (Object.keys(experimentEntries.shape) as (keyof typeof file)[]).filter((key) => file[key] !== undefined)
  return Object.fromEntries(keys.flatMap((key) => own[key] ?? [[key, file[key] as Json]]))
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
  series: readonly Pick<SeriesRow, 'name' | 'settings' | 'network' | 'regime'>[],
): ExperimentSettings {
  const all = series.map((each) => settingsOf(fileOfSeries(file, each.settings), each.network))
  const isCommon = (path: string) => new Set(all.map((each) => canonicalJson(each[path] ?? null))).size === 1
  const common = new Set(Object.keys(settingPaths).filter(isCommon))
  const part = (of: Settings, isPart: (path: string) => boolean) =>
    Object.fromEntries(Object.entries(of).filter(([path]) => isPart(path)))
  const own = all.map((each) => part(each, (path) => !common.has(path)))
  const phases = series.flatMap(({ name, settings, regime }): [string, OfPhases][] => {
    const choice = chosenRegime(file.regimes, regime)
    return typeof choice === 'string' ? [] : [[name, ofPhases(fileOfSeries(file, settings), choice)]]
  })
  return {
    ...(phases.length > 0 && { phases: Object.fromEntries(phases) }),
    common: part(all[0]!, (path) => common.has(path)),
    series:
      common.size === Object.keys(settingPaths).length
        ? {}
        : Object.fromEntries(own.map((each, at) => [series[at]!.name, each])),
  }
}

type OfPhases = NonNullable<ExperimentSettings['phases']>[string]

/** What the phases of a regime have in the place of the experiment's settings. */
function ofPhases(file: ExperimentFile, { phases }: WrittenRegime): OfPhases {
  const all = settingsOfPhases(file, phases).map((own, index) => ({
    ...own,
    objective: phases[index]!.objective ?? file.objective,
  }))
  const settings = Object.keys(settingPaths)
    .filter(isOfPhases)
    .flatMap((path): [string, Json[]][] => {
      const values = distinctBy(
        all.map((each) => valueAt(each, path)),
        canonicalJson,
      )
      const isOwn = values.length > 1 || canonicalJson(values[0]!) !== canonicalJson(valueAt(file, path))
      return isOwn ? [[path, values]] : []
    })
  return { settings: Object.fromEntries(settings), written: canonicalJson(phases as unknown as Json) }
}

/** Whether phases may have a setting of their own. */
const isOfPhases = (path: string) =>
  /^(training\.|objective\.|data\.(augmentation|mixing))/.test(path) && path !== 'training.totalEpochs'

function settingsOf(file: ExperimentFile, network: NetworkSpec): Settings {
  const values = Object.keys(settingPaths).map((path) => [path, valueAt(file, path) ?? valueAt({ network }, path)])
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}

function valueAt(settings: object, path: string): Json {
  const found = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : null), settings)
  return (found ?? null) as Json
}
