import { planExperiment } from '../../src/engine/plan.ts'
import { insertExperiment } from '../../src/main/host/experiments/insert-experiment.ts'
import { seriesFiles } from '../../src/contract/experiment/experiment.ts'
import { lineageOf, plannedSeries } from '../../src/main/host/experiments/lineage.ts'
import type { Store } from '../../src/main/store/open.ts'
import type { ImageDescription } from '../../src/shared/data/data.ts'
import type { ExperimentFile } from '../../src/contract/experiment/experiment.ts'

/** Adds an experiment whose images need not be anywhere. A host that opens the workspace must not train (`train: false`). */
export async function insertMadeUp(
  store: Store,
  file: ExperimentFile,
  { dataset, now }: { dataset: ImageDescription; now: number },
): Promise<void> {
  const series = seriesFiles(file).flatMap((variant) => {
    const { network, regimes } = variant.file
    return plannedSeries(
      variant,
      planExperiment({ network, samples: { ...dataset, pad: 0 }, regimes }),
      dataset.fingerprint,
    )
  })
  const lineage = lineageOf(file, series)
  const resolved = { place: { dataPath: `/data/${file.data.source}` }, lineage, memory: { total: 1e9 } }
  await insertExperiment(store, { input: { file, source: null, folder: null }, resolved, now })
}
