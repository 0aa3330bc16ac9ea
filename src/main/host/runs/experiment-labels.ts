import { distinctLabels } from '../../../shared/runs/short-ids.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Store } from '../../store/open.ts'

/** Names of the experiments of runs, by their ids. Experiments with the same name are distinguished by their ids. */
export const experimentLabels = ({ experiments }: Store, runs: readonly RunRow[]): Map<string, string> =>
  distinctLabels(new Map(runs.map(({ experimentId }) => [experimentId, experiments.nameOf(experimentId)])))
