import type { DatasetDescription } from '../../../shared/data/data.ts'
import { settingRefused } from '../../../shared/basics/error.ts'
import { lossesOf } from '../../../shared/methods/objective.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { writtenRegime } from '../../../contract/experiment/regime-choice.ts'

/** @throws ExitlabError `invalid-experiment` where an experiment does with values what can be done with classes alone. */
export function refuseClassMethods(
  { task }: DatasetDescription,
  { data, objective, regimes }: Pick<ExperimentFile, 'data' | 'objective' | 'regimes'>,
): void {
  if (task === undefined) return
  const phases = regimes.flatMap((regime, index) =>
    writtenRegime(regime).phases.map((phase, at) => ({ ...phase, path: ['regimes', index, 'phases', at] })),
  )
  const none = `and ${data.source} is a regression, which has none`
  for (const { mixing, path } of [{ mixing: data.mixing, path: ['data'] }, ...phases])
    if (mixing) throw settingRefused([...path, 'mixing'], `Mixup and CutMix mix classes, ${none}; expected null`)
  for (const each of [{ objective, path: [] }, ...phases])
    for (const [name] of lossesOf(each.objective))
      throw settingRefused(
        [...each.path, 'objective', name],
        `compares probabilities of classes, ${none}; leave it out`,
      )
}
