import { regimePlace } from '../../../../shared/methods/regime-names.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { SettingPath } from '../../../../shared/experiment/setting-paths.ts'
import { none } from '../../../../shared/format/numbers.ts'
import { settingName } from '../../setting/setting-words.ts'
import { statuses, type RunsContext } from '../run-metrics.ts'
import { settingOf } from '../settings/run-settings.ts'
import { settingText } from '../settings/setting-differences.ts'
import { isSetting } from './columns.ts'

/** What runs can be put together by. */
interface Grouping {
  title: string
  /** The groups that a run is in; tags make it several. */
  valuesOf(run: RunSummary, known: Pick<RunsContext, 'settings'>): readonly string[]
  titleOf(value: string, run: RunSummary): string
  /** Whether the row of a run says its value: a group of one run has no row of its own then. */
  inRow: boolean
  /** Sort key of groups if nothing else is sorted, ascending. */
  rankOf(value: string, runs: readonly RunSummary[]): number | string
}

const groupings = {
  experiment: {
    title: 'Experiment',
    inRow: true,
    valuesOf: (run) => [run.experimentId],
    titleOf: (_, run) => run.experiment,
    rankOf: (_, runs) => -runs[0]!.createdAt,
  },
  regime: {
    title: 'Regime',
    inRow: true,
    valuesOf: (run) => [run.series],
    titleOf: (value) => value,
    rankOf: (_, runs) => regimePlace(runs[0]!.regime),
  },
  status: {
    title: 'Status',
    inRow: false,
    valuesOf: (run) => [run.status],
    titleOf: (value) => value,
    rankOf: (value) => (statuses as readonly string[]).indexOf(value),
  },
  tag: {
    title: 'Tag',
    inRow: false,
    valuesOf: ({ tags }) => (tags.length === 0 ? [''] : tags),
    titleOf: (value) => (value === '' ? 'no tag' : value),
    rankOf: (value) => (value === '' ? '\uffff' : value),
  },
  seed: {
    title: 'Seed',
    inRow: false,
    valuesOf: (run) => [String(run.seed)],
    titleOf: (value) => `seed ${value}`,
    rankOf: (value) => Number(value),
  },
} as const satisfies Record<string, Grouping>

/** Settings under their paths. */
export type GroupKey = keyof typeof groupings | SettingPath
export const isGroupKey = (text: unknown): text is GroupKey =>
  typeof text === 'string' && (Object.hasOwn(groupings, text) || isSetting(text))
export const groupingOf = (key: GroupKey): Grouping => (isSetting(key) ? settingGrouping(key) : groupings[key])

function settingGrouping(path: SettingPath): Grouping {
  const title = settingName(path)
  return {
    title,
    inRow: false,
    valuesOf: (run, moment) => [settingText(settingOf(run, path, moment))],
    titleOf: (value) => `${title} ${value}`,
    rankOf: (value) => (value === none ? '\uffff' : Number.isNaN(Number(value)) ? value : Number(value)),
  }
}

/** The groupings on offer: their name in the address, and the keys from the outside in. */
export const groupChoices = {
  'experiment-regime': { title: 'Experiment, regime', keys: ['experiment', 'regime'] },
  experiment: { title: 'Experiment', keys: ['experiment'] },
  regime: { title: 'Regime', keys: ['regime'] },
  status: { title: 'Status', keys: ['status'] },
  tag: { title: 'Tag', keys: ['tag'] },
  seed: { title: 'Seed', keys: ['seed'] },
  none: { title: 'No groups', keys: [] },
} as const satisfies Record<string, { title: string; keys: readonly GroupKey[] }>

export type GroupChoice = keyof typeof groupChoices | SettingPath
export const isGroupChoice = (text: unknown): text is GroupChoice =>
  typeof text === 'string' && (Object.hasOwn(groupChoices, text) || isSetting(text))

/** By a setting, and by regime within it: regimes have no common mean. */
export function groupChoice(choice: GroupChoice): { title: string; keys: readonly GroupKey[] } {
  return isSetting(choice) ? { title: settingName(choice), keys: [choice, 'regime'] } : groupChoices[choice]
}
