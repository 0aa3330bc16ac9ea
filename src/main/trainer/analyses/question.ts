import { analyses } from '../../../analyses/index.ts'
import type { AnalyseJob } from '../../../shared/trainer.ts'
import { sealOf } from '../../files/sealed-json.ts'

/** Seal of everything that the parts of an analysis follow from, wherever the files lie and whatever the phases are called. */
export function questionOf({ analysis, parameters, runs, data, dataset }: AnalyseJob): string {
  const { version } = analyses.get(analysis).info
  return sealOf({
    ...{ analysis, version, parameters, data, dataset },
    runs: runs.map(({ checkpoint, network, training, seed, phaseId, epochs }) => {
      return { checkpoint: checkpoint.sha256, network, training, seed, phaseId, epochs }
    }),
  })
}
