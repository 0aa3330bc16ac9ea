import { join } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { exitRuleChoices } from '../../../../engine/pure.ts'
import { comparisonCaveats } from '../../comparison/evaluation/caveats.ts'
import { comparedSeries } from '../../comparison/evaluation/compared-series.ts'
import { publishedFor } from '../../comparison/evaluation/published.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRun, resolveRuns } from '../../runs/references.ts'
import { os } from '../contract.ts'

export const evaluations = {
  caveats: os.evaluations.caveats.handler(({ input, context }) => comparisonCaveats(context, input.runs)),

  series: os.evaluations.series.handler(({ input, context: { store } }) => {
    const { runs: own, imports } = splitReferences(store, input.runs)
    const runs = resolveRuns(store, own, 'any')
    const series = comparedSeries(store, { runs, imports })
    return [
      ...runs.map((run) => ({ id: run.id, ...series.of(run) })),
      ...imports.map((each) => ({ id: each.id, ...series.ofImport(each) })),
    ]
  }),

  openTest: os.evaluations.openTest.handler(({ input, context: { store, recorder } }) => {
    const runs = resolveRuns(store, splitReferences(store, input.runs).runs, 'any')
    const ids = [...new Set(runs.map(({ experimentId }) => experimentId))]
    store.transaction(() => ids.forEach((id) => store.experiments.openTest(id, Date.now())))
    // Lists of runs show them from now on.
    recorder.runs(ids.flatMap((id) => store.runs.ofExperiment(id)).map(({ id }) => id))
    return { experiments: ids.map((id) => store.experiments.nameOf(id)) }
  }),

  rules: os.evaluations.rules.handler(({ input }) => exitRuleChoices(input.exits, input)),

  published: os.evaluations.published.handler(({ input, context }) => publishedFor(context, input)),

  show: os.evaluations.show.handler(({ input, context: { store, evaluations } }) => {
    const run = resolveRun(store, input.run, 'any')
    const row = evaluations.rowOf(run)
    if (row === null) throw new ExitlabError('conflict', `${run.name} is ${run.status}: it has not been evaluated yet.`)
    const { metrics, file, sha256, createdAt } = row
    return { ...metrics, file: join(store.workspace.folder, file), sha256, createdAt }
  }),
}
