import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseExperiment } from '../../../src/main/host/experiment-file/read-experiment.ts'
import { fittingRuns, matchingTable, readPublishedTables } from '../../../src/main/host/evaluation/published.ts'
import { seriesFiles, type ExperimentFile } from '../../../src/shared/experiment.ts'
import { publishedTables } from '../../../src/shared/published.ts'

const tables = await readPublishedTables()
const tableOf = (id: string) => tables.find((table) => table.id === id)!

describe('the published tables', () => {
  test('fit the contract, each under an id of its own', () => {
    expect(publishedTables.parse({ tables, fitting: {}, matching: null }).tables).toEqual(tables)
    expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length)
    for (const { rows, budgets } of tables) for (const { cells } of rows) expect(cells).toHaveLength(budgets.length)
  })

  test('have the numbers of the paper', () => {
    const table10 = tableOf('table-10')
    expect(table10).toMatchObject({
      title: 'Table 10: ViT-T (CIFAR), CIFAR-100, SDN',
      budgets: [0.25, 0.5, 0.75, 1, null],
    })
    const mixed = table10.rows.find(({ regime }) => regime === 'mixed')!
    expect(mixed.cells[2]).toEqual({ mean: 70.09, std: 0.64 })
    expect(table10.rows.map(({ regime }) => regime)).toEqual([
      ...['disjoint', 'joint', 'mixed', 'branch-wise', 'separate', 'alternating', 'mixed-gradual'],
    ])
    expect(tableOf('table-1a').rows[1]!.cells[3]).toEqual({ mean: 74.17, std: null })
    expect(tableOf('table-18').budgets[0]).toBe(0.35)
    expect(tableOf('table-20').rows[1]).toMatchObject({
      regime: 'disjoint',
      variant: '2L-1024',
      cells: [{ mean: 77.41, std: 0.39 }, ...(Array(4).fill(expect.anything()) as object[])],
    })
  })

  test('leave out what is no test accuracy, and dashes are null', () => {
    expect(tables.map(({ data }) => data)).not.toContain('STS-B')
    expect(tables.some(({ id }) => id.startsWith('table-5') || id === 'table-19a')).toBe(false)
    const dashes = tables.filter(({ rows }) => rows.some(({ cells }) => cells.includes(null))).map(({ id }) => id)
    expect(dashes).toEqual(['table-7c', 'table-7d', 'table-7e', 'table-13'])
  })
})

describe('the matching table', () => {
  const experiment = (name: string) => {
    const text = readFileSync(new URL(`../../../examples/${name}.yaml`, import.meta.url), 'utf8')
    const file = parseExperiment(text, name)
    return { run: name, file, dataPath: file.data.path ?? '' }
  }
  type Trained = ReturnType<typeof experiment>
  const matching = (runs: readonly Trained[]) => matchingTable(tables, fittingRuns(tables, runs))
  const withNetwork = (name: string, changes: object) => {
    const { file, ...run } = experiment(name)
    return { ...run, file: { ...file, network: { ...file.network, ...changes } } as ExperimentFile }
  }

  test.each([
    ['resnet34-cifar100', 'table-8'],
    ['msdnet-cifar100', 'table-9'],
    ['vit-t-cifar100', 'table-10'],
    ['resnet50-tinyimagenet', 'table-11'],
    ['quickstart', null],
  ])('of %s is %s', (name, id) => {
    expect(matching([experiment(name)])).toBe(id)
  })

  test('is none where the network or its heads are others', () => {
    expect(matching([withNetwork('vit-t-cifar100', { depth: 9 })])).toBeNull()
    expect(matching([withNetwork('vit-t-cifar100', { head: '2L-1024' })])).toBeNull()
  })

  test('is the one that most runs fit, the fullest of several', () => {
    const [vit, resnet, other] = ['vit-t-cifar100', 'resnet34-cifar100', 'quickstart'].map(experiment)
    expect(matching([vit!, vit!, other!])).toBe('table-10')
    expect(matching([vit!, resnet!, resnet!])).toBe('table-8')
    expect(matching([vit!, other!, other!])).toBe('table-10')
    expect(matching([])).toBeNull()
  })

  test('of a sweep over heads fits the runs of its own head', () => {
    const { file, ...rest } = experiment('vit-t-cifar100')
    const swept = { ...file, sweep: { 'network.head': ['2L-1024', '1L'] } }
    const runs = seriesFiles(swept).map((series, run) => ({ ...rest, run: `run ${run}`, file: series.file }))
    expect(fittingRuns(tables, runs)['table-10']).toEqual({ 'run 1': null })
    expect(matching(runs)).toBe('table-10')
  })

  const withObjective = (name: string, objective: ExperimentFile['objective'], run = name): Trained => {
    const { file, dataPath } = experiment(name)
    return { run, dataPath, file: { ...file, objective } as ExperimentFile }
  }

  test('of runs with other objectives is table 19, each with its own variant', () => {
    const name = 'resnet50-tinyimagenet'
    const scaled = {
      uniform: undefined,
      GE: { weighting: 'uniform', gradients: 'equilibrium' },
      Inc: { weighting: 'increasing', parameters: { first: 0.6, last: 1.4 } },
      Dec: { weighting: 'decreasing', parameters: { first: 1.4, last: 0.6 } },
      SDN: { weighting: 'sdn', parameters: { rampEpochs: 100 } },
      other: { weighting: 'sdn', parameters: { rampEpochs: 20 } },
      both: { weighting: 'sdn', parameters: { rampEpochs: 100 }, gradients: 'equilibrium' },
    } as const
    const runs = Object.entries(scaled).map(([run, objective]) => withObjective(name, objective, run))
    expect(fittingRuns(tables, runs)['table-19']).toEqual({
      ...{ uniform: 'uniform', GE: 'GE', Inc: 'Inc', Dec: 'Dec', SDN: 'SDN' },
    })
    expect(fittingRuns(tables, runs)['table-11']).toEqual({ uniform: null })
    expect(matching(runs)).toBe('table-19')
  })

  test('of GPF heads is table 16, with the weighting that belongs to them', () => {
    const { file, ...run } = withObjective('vit-t-cifar100', { weighting: 'gpf' })
    const gpf = { ...file, network: { ...file.network, head: 'gpf' } } as ExperimentFile
    expect(matching([{ ...run, file: gpf }])).toBe('table-16')
    expect(matching([{ ...run, file: { ...gpf, objective: undefined } as unknown as ExperimentFile }])).toBeNull()
    expect(matching([{ ...run, file }])).toBeNull()
  })
})
