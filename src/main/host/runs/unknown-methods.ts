import { fileOfSeries } from '../../../contract/experiment/experiment.ts'
import { chosenRegime } from '../../../contract/experiment/regime-choice.ts'
import { unknownMethodsIn } from '../../../contract/experiment/stored-methods.ts'
import { distinctBy } from '../../../shared/basics/distinct.ts'
import type { MethodOrigin, MethodOrigins } from '../../../shared/methods/method-origin.ts'
import type { MethodName } from '../../../shared/methods/unknown-method.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'

/** The methods of extensions that the phases of a run were trained with. */
const methodsOf = (store: Store, run: string): MethodOrigins =>
  Object.assign({}, ...store.phases.chain(run).map(({ definition }) => definition.methods)) as MethodOrigins

/** The extensions of these, each once. */
export function extensionsOf(store: Store, { id }: Pick<RunRow, 'id'>): MethodOrigin[] {
  return distinctBy(Object.values(methodsOf(store, id)), ({ sha256 }) => sha256)
}

/** Methods of a run that this version does not have: its regime, and those of its network, data and objective. */
export function unknownMethodsOf(store: Store, { id, regime, experimentId, seriesId }: RunRow): MethodName[] {
  const { settings, network } = store.series.get(seriesId)
  const { data, objective, regimes, training } = fileOfSeries(store.experiments.get(experimentId)!.file, settings)
  const methods = methodsOf(store, id)
  return unknownMethodsIn({ regimes: [chosenRegime(regimes, regime)], network, data, objective, training, methods })
}
