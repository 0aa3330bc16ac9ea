import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import { ExitlabError, settingRefused } from '../../../shared/basics/error.ts'
import { budgetColumn } from '../../../shared/tables/table-words.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { SearchRecord } from '../../../shared/runs/search-record.ts'
import { settingOwners, type SettingPath } from '../../../shared/experiment/setting-paths.ts'
import { ruleNameOf } from '../../../engine/pure.ts'
import type { Store } from '../../store/open.ts'
import type { ResolvedExperiment } from '../experiments/resolve-experiment.ts'
import { lengthSettings, lengthsOf } from './rung-file.ts'
import { eta, type Rung } from './rungs.ts'

/** @throws ExitlabError where lengths are swept: a longer training is mostly better, and the rungs of a search set them. */
export function refuseLengths({ sweep = {} }: Pick<ExperimentFile, 'sweep'>): void {
  const swept = lengthSettings().find((path) => path in sweep)
  if (swept !== undefined)
    throw settingRefused(
      ['sweep', swept],
      `${swept} cannot be swept in a search, whose rungs shorten trainings; give it one value`,
    )
  const weighting = ((sweep['objective.weighting'] ?? []) as string[]).find((name) => !hasLengthsToSweep(name))
  if (weighting === undefined) return
  throw settingRefused(
    ['sweep', 'objective.weighting'],
    `${weighting} counts in epochs (${lengthsOf(weighting).join(', ')}), which a search shortens for one weighting alone; leave it out, or give objective: { weighting: ${weighting} }`,
  )
}

/** Whether the lengths of a weighting, if it has any, can be settings of its series: those of extensions cannot. */
const hasLengthsToSweep = (weighting: string): boolean =>
  lengthsOf(weighting).every((path) => settingOwners[path as SettingPath]?.values.includes(weighting))

/** @throws ExitlabError where there is nothing to choose from at the budget. */
export function refuseOneCandidate(candidates: SearchRecord['candidates'], { budget }: { budget: number }): void {
  const able = candidates.filter(({ out }) => out === null)
  if (able.length > 1) return
  if (candidates.length === 1)
    throw new ExitlabError(
      'conflict',
      'A search chooses among the series of an experiment, and this one has a single series. Sweep a setting (sweep: { training.learningRate: [0.001, 0.0005] }), or name more regimes.',
    )
  const reasons = candidates.filter(({ out }) => out !== null).map(({ name, out }) => `  ${name}: ${out}`)
  throw new ExitlabError(
    'conflict',
    `At ${budgetColumn(budget).title} of the backbone’s cost ${able.length === 0 ? 'no series has an exit' : `only ${able[0]!.name} has an exit`}:\n${reasons.join('\n')}\nChoose a larger budget, or an earlier exit (network.exits).`,
  )
}

/** @throws ExitlabError where no training can be shorter. */
export function refuseFewEpochs(rungs: readonly Rung[]): void {
  if (rungs.length > 1) return
  throw settingRefused(
    ['training', 'epochs'],
    `a search starts with trainings of a third of the epochs, and a phase has fewer than ${eta}; expected more, or train all by \`exitlab run\``,
  )
}

/** @throws ExitlabError where there is no such exit rule, or it cannot read what the networks learn: after a rung it would be too late. */
export function refuseOtherRule({ variants }: Pick<ResolvedExperiment, 'variants'>, rule: string | null): void {
  if (rule !== null) ruleNameOf(variants[0]!.plan.network, rule)
}

/** @throws ExitlabError where a search for an experiment of this name has begun with another file and is not over. */
export function refuseOtherFile(
  { searches }: Pick<Store, 'searches'>,
  { file, experimentId }: { file: ExperimentFile; experimentId: string },
): void {
  const other = searches
    .all()
    .find((each) => each.name === file.name && each.experimentId !== experimentId && isUnfinished(each))
  if (other === undefined) return
  const changed = (Object.keys({ ...file, ...other.file }) as (keyof ExperimentFile)[]).filter(
    (key) => canonicalJson(file[key] ?? null) !== canonicalJson(other.file[key] ?? null),
  )
  throw new ExitlabError(
    'conflict',
    `A search for “${file.name}” was started with another file and is not over (${other.status}): ${changed.join(', ') || 'its data'} differ. Undo the change to go on with it, stop it, or give the experiment another name.`,
    { command: ['search', '--stop', other.id] },
  )
}

const isUnfinished = ({ status }: { status: string }) => status !== 'done' && status !== 'stopped'
