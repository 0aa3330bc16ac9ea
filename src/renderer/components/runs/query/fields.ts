import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { SettingPath } from '../../../../shared/experiment/setting-paths.ts'
import { regimeStyles } from '../../../../figures/regimes.ts'
import {
  scoreAt,
  scoreInUnit,
  scoreWords,
  durationSeconds,
  epochsDone,
  imagesPerSecond,
  secondsLeftAtMost,
  statuses,
  testScore,
  validationScore,
  type ScoreKey,
  type RunsContext,
} from '../run-metrics.ts'
import { settingValues } from '../settings/run-settings.ts'
import type { SettingValue } from '../settings/setting-differences.ts'
import { scoreKey } from '../table/columns.ts'
import { settingsNamed } from './setting-keys.ts'

/** One of a few names. */
export interface ChoiceField {
  kind: 'choice'
  meaning: string
  choices: readonly string[]
  of(run: RunSummary): string
}

/** `label`: whole words, of which a run may have several; `text`: any substring. */
export interface WordingField {
  kind: 'label' | 'text'
  meaning: string
  of(run: RunSummary): readonly string[]
}

/** `time`: seconds, typed with a unit. */
export interface AmountField {
  kind: 'number' | 'time'
  meaning: string
  example: string
  of(run: RunSummary, context: RunsContext): number | null
}

/** A setting of the experiment or of its phases: compared as a number where both are numbers, else as a whole word. */
export interface SettingField {
  kind: 'setting'
  meaning: string
  of(run: RunSummary, context: RunsContext): readonly SettingValue[]
}

/** A key of the query language, and how it is compared. */
export type Field = ChoiceField | WordingField | AmountField | SettingField

export const fields = {
  status: { meaning: 'state of the run', kind: 'choice', choices: statuses, of: (run) => run.status },
  regime: {
    meaning: 'training regime',
    kind: 'choice',
    choices: Object.keys(regimeStyles),
    of: (run) => run.regime,
  },
  experiment: {
    meaning: 'name or id of the experiment',
    kind: 'text',
    of: (run) => [run.experiment, run.experimentId],
  },
  name: { meaning: 'name of the run', kind: 'text', of: (run) => [run.name] },
  id: { meaning: 'id of the run', kind: 'text', of: (run) => [run.id] },
  tag: { meaning: 'tag', kind: 'label', of: (run) => run.tags },
  note: { meaning: 'text of the note', kind: 'text', of: (run) => (run.note === '' ? [] : [run.note]) },
  error: { meaning: 'text of the error', kind: 'text', of: (run) => (run.error === null ? [] : [run.error]) },
  phase: { meaning: 'name of a phase', kind: 'text', of: (run) => run.phases.map(({ name }) => name) },
  seed: { meaning: 'seed', kind: 'number', example: '<3', of: (run) => run.seed },
  val: {
    meaning: `${scoreWords} of the final exit on validation samples`,
    kind: 'number',
    example: '>70',
    of: (run) => scoreInUnit(run, validationScore(run)),
  },
  test: {
    meaning: `${scoreWords} of the final exit on test samples`,
    kind: 'number',
    example: '>70',
    of: (run) => scoreInUnit(run, testScore(run)),
  },
  epoch: { meaning: 'epochs completed', kind: 'number', example: '>=10', of: epochsDone },
  phases: { meaning: 'number of phases', kind: 'number', example: '2', of: (run) => run.phases.length },
  speed: { meaning: 'samples per second', kind: 'number', example: '>1000', of: imagesPerSecond },
  eta: { meaning: 'time left at most', kind: 'time', example: '<2h', of: secondsLeftAtMost },
  took: { meaning: 'time since its start', kind: 'time', example: '>30m', of: durationSeconds },
  age: {
    meaning: 'time since it was created',
    kind: 'time',
    example: '<2d',
    of: (run, { nowMs }) => (nowMs - run.createdAt) / 1000,
  },
} as const satisfies Record<string, Field>

export type FieldKey = keyof typeof fields
export const fieldKeys = Object.keys(fields) as FieldKey[]
export const fieldOf = (key: FieldKey): Field => fields[key]
const isFieldKey = (key: string): key is FieldKey => Object.hasOwn(fields, key)

/**
 * A field by its key, ignoring case: of a run, of an exit (`val.exit0`), or a setting. Null: unknown. `regimes`: those of stored
 * runs, which another version or an extension may have.
 */
export function fieldNamed(key: string, regimes: readonly string[] = []): { key: string; field: Field } | null {
  const typed = key.toLowerCase()
  if (typed === 'regime') return { key: typed, field: regimeField(regimes) }
  if (isFieldKey(typed)) return { key: typed, field: fields[typed] }
  const exitKey = scoreKey(typed)
  if (exitKey !== null) return { key: typed, field: exitField(exitKey) }
  const paths = settingsNamed(typed)
  return paths.length === 0 ? null : { key: paths.join(' '), field: settingField(paths) }
}

function regimeField(stored: readonly string[]): ChoiceField {
  const { regime } = fields
  return { ...regime, choices: [...new Set([...regime.choices, ...stored])] }
}

/** What is compared under `val.exit0` or `val.mean`. */
export const exitMeaning = ({ split, exit }: ScoreKey): string =>
  `${scoreWords} ${exit === 'mean' ? '(mean of all exits)' : `of exit ${exit}`} on ${split} samples`

const exitField = (exitKey: ScoreKey): AmountField => ({
  kind: 'number',
  meaning: exitMeaning(exitKey),
  example: '>70',
  of: (run) => scoreInUnit(run, scoreAt(run, exitKey)),
})

const settingField = (paths: readonly SettingPath[]): SettingField => ({
  kind: 'setting',
  meaning: paths.join(' or '),
  of: (run, moment) => paths.flatMap((path) => settingValues(run, path, moment)),
})
