import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { analyses } from '../../../../src/readings/analyses/index.ts'
import { exitRuleOf } from '../../../../src/engine/exits/index.ts'
import { resolveNetwork } from '../../../../src/engine/plan.ts'
import { fittingRuns, readPublishedTables } from '../../../../src/main/host/comparison/evaluation/published.ts'
import { chosenItems, filesNeeded, idOf, matrix } from '../../../../src/main/host/paper/matrix.ts'
import type { PaperSource } from '../../../../src/main/host/paper/matrix-schema.ts'
import { paperFile } from '../../../../src/main/host/paper/file-states.ts'
import { seriesFiles } from '../../../../src/contract/experiment/experiment.ts'
import { canonicalJson } from '../../../../src/shared/basics/canonical-json.ts'
import { type PaperScale, paperScales } from '../../../../src/shared/paper/paper.ts'
import { paperSamples } from '../../../support/paper-samples.ts'

const matrixTables = matrix.filter((item) => item.kind === 'table')
const matrixFigures = matrix.filter((item) => item.kind === 'figure')
const published = await readPublishedTables()
const parts = matrixTables.flatMap(({ differencesTo, regimes, parts }) =>
  parts.map((part) => ({ ...part, regimes, differencesTo })),
)
const cases = parts.flatMap((part) => paperScales.map((scale) => [part.published, scale, part] as const))

describe('the matrix of the paper', () => {
  test('has tables 1 to 20 and figures 1 to 17', () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
    expect(matrixTables.map(({ number }) => number)).toEqual(numbers(20))
    expect(matrixFigures.map(({ number }) => number)).toEqual(numbers(17))
  })

  test('uses each published table once, besides the differences of table 5', () => {
    const used = parts.filter(({ differencesTo }) => differencesTo === null).map((part) => part.published)
    expect(used.toSorted()).toEqual(published.map(({ id }) => id).toSorted())
    const [differences] = parts.filter(({ differencesTo }) => differencesTo !== null)
    expect(differences).toMatchObject({ published: 'table-19', differencesTo: 'uniform' })
  })

  /** `mixed 1L`: what files train of a part. */
  async function rowsOf(sources: readonly PaperSource[], regimes: readonly string[], scale: PaperScale) {
    const rows: string[] = []
    for (const { file, variants } of sources) {
      const { file: experiment } = await paperFile(scale, file)
      expect(seriesFiles(experiment)).toHaveLength(variants.length)
      const trained = experiment.regimes.filter((regime) => regimes.includes(regime as string))
      rows.push(...variants.flatMap((variant) => trained.map((regime) => `${regime as string} ${variant}`)))
    }
    return rows
  }

  test.each(cases)('each row of %s is trained by one file at %s scale', async (id, scale, part) => {
    const table = published.find((each) => each.id === id)!
    const all = table.rows.map(({ regime, variant }) => `${regime} ${variant}`).toSorted()
    const rows = await rowsOf(part.sources[scale], part.regimes, scale)
    expect(new Set(rows).size).toBe(rows.length)
    // At desk scale with fewer placements of exits and sizes of heads.
    if (scale === 'paper') expect(rows.toSorted()).toEqual(all)
    else expect(all).toEqual(expect.arrayContaining(rows))
    expect(new Set(rows.map((row) => row.split(' ')[0]))).toEqual(new Set(part.regimes))
  })

  test('trains tables 8 and 10 once more at equal epochs, with the same rows, seeds and networks', async () => {
    const again = parts.filter(({ equalEpochs }) => equalEpochs.length > 0)
    expect(again.map((part) => part.published)).toEqual(['table-8', 'table-10'])
    for (const { sources, equalEpochs, regimes } of again) {
      expect(await rowsOf(equalEpochs, regimes, 'desk')).toEqual(await rowsOf(sources.desk, regimes, 'desk'))
      for (const [index, { file }] of equalEpochs.entries()) {
        const [equal, stopped] = [
          (await paperFile('desk', file)).file,
          (await paperFile('desk', sources.desk[index]!.file)).file,
        ]
        const { totalEpochs, earlyStopping, batchSize, learningRate, schedule } = equal.training
        expect(totalEpochs).toBe(stopped.training.epochs)
        expect([earlyStopping.patience, stopped.training.earlyStopping.patience]).toEqual([null, 4])
        expect(equal).toMatchObject({ network: stopped.network, data: stopped.data, seeds: stopped.seeds })
        expect(stopped.training).toMatchObject({ batchSize, learningRate, schedule })
      }
    }
  })

  test('has no runs twice at desk scale', async () => {
    const files = [...new Set(matrix.flatMap((item) => filesNeeded(item, 'desk')))]
    const runs: string[] = []
    for (const name of files) {
      const { file } = await paperFile('desk', name)
      for (const { file: series } of seriesFiles(file))
        runs.push(...file.regimes.map((regime) => canonicalJson({ ...series, name: '', regimes: [regime], seeds: [] })))
    }
    expect(new Set(runs).size).toBe(runs.length)
  })

  test.each(parts.map((part) => [part.published, part] as const))(
    'the swept values of %s are those of its published rows, in that order',
    async (id, { sources, rule }) => {
      for (const { file, variants } of sources.paper) {
        const experiment = await paperFile('paper', file)
        const runs = seriesFiles(experiment.file).map((series, run) => ({
          run: String(run),
          file: series.file,
          dataPath: '',
          network: resolveNetwork(series.file.network, paperSamples(series.file)),
        }))
        const fitting = fittingRuns(published, runs, rule ?? undefined)[id]!
        expect(runs.map(({ run }) => fitting[run])).toEqual(variants)
      }
    },
  )

  test.each(paperScales)('needs every file of %s scale, and no other', (scale) => {
    const folder = scale === 'paper' ? 'examples/paper' : 'examples/paper/desk'
    const files = readdirSync(fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)))
    const there = files.filter((name) => name.endsWith('.yaml')).map((name) => name.replace('.yaml', ''))
    expect([...new Set(matrix.flatMap((item) => filesNeeded(item, scale)))].toSorted()).toEqual(there.toSorted())
  })

  test('has the experiment that others start from before them', () => {
    const [table] = chosenItems(['table-18'])
    expect(filesNeeded(table!, 'desk')).toEqual(['vit-b-pretraining', 'vit-b-cifar100'])
    expect(filesNeeded(table!, 'paper')).toEqual(['vit-b-cifar100'])
  })

  test('has figures of regimes that their files train, with rules, parameters and panels that there are', async () => {
    for (const { files, regimes, drawing } of matrixFigures) {
      for (const scale of paperScales) {
        const trained: unknown[] = []
        for (const file of files[scale]) trained.push(...(await paperFile(scale, file)).file.regimes)
        expect(trained).toEqual(expect.arrayContaining([...regimes]))
        if (drawing.of === 'analysis') analyses.get(drawing.analysis).parameters.parse(drawing.parameters[scale])
      }
      if (drawing.of === 'cost-curve' && drawing.rule !== null)
        expect(exitRuleOf(drawing.rule).reference).toBe(drawing.rule)
    }
    const curves = matrixFigures.filter(({ drawing }) => drawing.of === 'cost-curve').map(({ number }) => number)
    expect(curves).toEqual([1, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
  })

  test('refuses an unknown item, with the nearest one', () => {
    expect(chosenItems([])).toHaveLength(37)
    expect(chosenItems(['figure-3', 'table-8']).map(idOf)).toEqual(['table-8', 'figure-3'])
    expect(() => chosenItems(['tabel-8'])).toThrow(/no “tabel-8”.*Did you mean table-8\?/)
  })
})
