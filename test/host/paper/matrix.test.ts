import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { analyses } from '../../../src/analyses/index.ts'
import { exitRuleOf } from '../../../src/main/engine/exits/index.ts'
import { resolveNetwork } from '../../../src/main/engine/plan.ts'
import { fittingRuns, readPublishedTables } from '../../../src/main/host/evaluation/published.ts'
import { chosenItems, filesNeeded, idOf, matrix } from '../../../src/main/host/paper/matrix.ts'
import { paperFile } from '../../../src/main/host/paper/paper-files.ts'
import { seriesFiles } from '../../../src/experiment/experiment.ts'
import { paperScales } from '../../../src/shared/paper.ts'
import { paperSamples } from '../../support/paper-samples.ts'

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

  test.each(cases)('%s at %s scale has a variant and a regime for each of its rows', async (id, scale, part) => {
    const table = published.find((each) => each.id === id)!
    const variants = part.sources[scale].flatMap((source) => source.variants)
    const rows = new Set(variants.flatMap((variant) => part.regimes.map((regime) => `${regime} ${variant}`)))
    expect(rows.size).toBe(variants.length * part.regimes.length)
    expect(rows).toEqual(new Set(table.rows.map(({ regime, variant }) => `${regime} ${variant}`)))
    for (const { file, variants } of part.sources[scale]) {
      const { file: experiment } = await paperFile(scale, file)
      expect(seriesFiles(experiment)).toHaveLength(variants.length)
      expect(experiment.regimes).toEqual(expect.arrayContaining([...part.regimes]))
    }
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
    const files = readdirSync(fileURLToPath(new URL(`../../../${folder}`, import.meta.url)))
    const there = files.filter((name) => name.endsWith('.yaml')).map((name) => name.replace('.yaml', ''))
    expect([...new Set(matrix.flatMap((item) => filesNeeded(item, scale)))].toSorted()).toEqual(there.toSorted())
  })

  test('has the experiment that others start from before them', () => {
    const [table] = chosenItems(['table-18'])
    expect(filesNeeded(table!, 'desk')).toEqual(['vit-b-pretraining', 'vit-b-cifar100'])
    expect(filesNeeded(table!, 'paper')).toEqual(['vit-b-cifar100'])
  })

  test('has figures of regimes that their files train, with rules, parameters and panels that there are', async () => {
    for (const { file, regimes, drawing } of matrixFigures) {
      for (const scale of paperScales) {
        expect((await paperFile(scale, file)).file.regimes).toEqual(expect.arrayContaining([...regimes]))
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
