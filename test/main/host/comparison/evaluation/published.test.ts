import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'
import {
  fittingRuns,
  matchingTable,
  readPublishedTables,
} from '../../../../../src/main/host/comparison/evaluation/published.ts'
import { seriesFiles, type ExperimentFile } from '../../../../../src/contract/experiment/experiment.ts'
import { familyOf } from '../../../../../src/engine/networks/families.ts'
import { publishedTables } from '../../../../../src/shared/runs/published.ts'

const tables = await readPublishedTables()
const tableOf = (id: string) => tables.find((table) => table.id === id)!

describe('the published tables', () => {
  test('fit the contract, each under an id of its own', () => {
    const parsed = publishedTables.parse({ tables, fitting: {}, matching: null }).tables
    expect(tables).toMatchObject(parsed)
    expect(parsed[0]).not.toHaveProperty('settings')
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
    expect(tableOf('table-14')).toMatchObject({ task: 'regression', data: 'STS-B' })
    expect(tableOf('table-14').rows[2]!.cells[0]).toEqual({ mean: 2.43, std: 0.03 })
  })

  test('are all but table 5, whose differences follow from table 19, and dashes are null', () => {
    const numbers = new Set(tables.map(({ title }) => Number(/^Table (\d+):/.exec(title)![1])))
    expect([...numbers]).toEqual(Array.from({ length: 20 }, (_, i) => i + 1).filter((number) => number !== 5))
    const dashes = tables.filter(({ rows }) => rows.some(({ cells }) => cells.includes(null))).map(({ id }) => id)
    expect(dashes).toEqual(['table-7', 'table-13'])
  })
})

const normalisation = { mean: [0, 0, 0], std: [1, 1, 1] }
const images = { kind: 'images' as const, channels: 3, classes: 100, pad: 0, normalisation }
const texts = { kind: 'text', vocabulary: 100, maxLength: 512, classes: 20 } as const

interface Trained {
  run: string
  file: ExperimentFile
  dataPath: string
  network: { exits: number[]; task?: 'regression' }
}

/** A run of an experiment file, on images of that size or texts. */
function trained(text: string, { side = 32, run = 'run' } = {}): Trained {
  return ofFile(parseExperiment(text, 'made up'), { side, run })
}

function ofFile(file: ExperimentFile, { side = 32, run = 'run' } = {}): Trained {
  const family = familyOf(file.network)
  const samples = family.takes === 'text' ? texts : { ...images, height: side, width: side }
  const { exits } = family.resolve(file.network, samples)
  const task = file.data.source === 'sts-b' ? { task: 'regression' as const } : {}
  return { run, file, dataPath: file.data.path ?? '', network: { exits, ...task } }
}

const matching = (runs: readonly Trained[], rule?: string) => matchingTable(tables, fittingRuns(tables, runs, rule))
const common = (data: string, network: string) =>
  `{ name: a, data: { ${data} }, network: { ${network} }, regimes: [joint]`
const setting = (data: string, network: string, more = '') => `${common(data, network)} ${more} }`
const tinyImageNet = 'source: tiny-imagenet'
const bert = 'family: bert, variant: bert-base'
const pretrained = ', initial: { weights: model }'

describe('every table of the paper fits the runs of its settings', () => {
  const vit = 'family: vit, variant: vit-t-cifar'
  test.each([
    ['8', setting('source: cifar100', 'family: resnet, variant: resnet34'), {}],
    ['9', setting('source: cifar100', 'family: msdnet, variant: msdnet-cifar, head: pooled'), {}],
    ['10', setting('source: cifar100', vit), {}],
    ['11', setting(tinyImageNet, 'family: resnet, variant: resnet50, stem: 3x3'), { side: 64 }],
    ['12', setting('source: imagenet', 'family: vit, variant: vit-t'), { side: 224 }],
    ['1f', setting('source: image-folder, path: imagenet-1k', 'family: vit, variant: vit-s'), { side: 224 }],
    ['13', setting('source: newsgroups, tokenizer: model', bert, pretrained), {}],
    ['14', setting('source: sts-b, tokenizer: model', bert, pretrained), {}],
    ['15', setting('source: cifar100', vit), { rule: 'patience' }],
    ['16', setting('source: cifar100', `${vit}, head: gpf`, ', objective: { weighting: gpf }'), {}],
    ['16', setting('source: cifar100', `${vit}, head: gpf, gpfDim: 512`, ', objective: { weighting: gpf }'), {}],
    ['17', setting('source: cifar100', vit), { rule: 'entropy' }],
    ['18', setting('source: image-folder, path: cifar-100', 'family: vit, variant: vit-b', pretrained), { side: 224 }],
  ])('table %s', (number, text, { rule, ...options }: { rule?: string; side?: number }) => {
    expect(matching([trained(text, options)], rule)).toBe(`table-${number}`)
  })

  test.each([
    ['another size', setting('source: cifar100', `${vit}, depth: 9`), {}],
    ['another head', setting('source: cifar100', `${vit}, head: 2L-1024`), {}],
    [
      'another size of the head',
      setting('source: cifar100', `${vit}, head: gpf, gpfDim: 64`, ', objective: { weighting: gpf }'),
      {},
    ],
    ['other exits', setting('source: cifar100', `${vit}, exits: [1, 3]`), {}],
    ['weights of another training', setting('source: cifar100', vit, pretrained), {}],
    ['no weights of another training', setting('source: newsgroups, tokenizer: model', bert), {}],
    [
      'heads and a weighting that do not belong together',
      setting('source: cifar100', vit, ', objective: { weighting: gpf }'),
      {},
    ],
    ['GPF heads under another weighting', setting('source: cifar100', `${vit}, head: gpf`), {}],
    [
      'a rule with a parameter of its own',
      setting('source: sts-b, tokenizer: model', bert, pretrained),
      { rule: 'difference:patience=2' },
    ],
    ['other data', setting('source: cifar10', vit), {}],
  ])('but not %s', (_, text, { rule }: { rule?: string }) => {
    expect(matching([trained(text)], rule)).toBeNull()
  })

  /** The variant of each run of a sweep, by the values of its setting. */
  function variantsOf(id: string, text: string, side: number): Record<string, unknown> {
    const series = seriesFiles(parseExperiment(text, 'swept'))
    const runs = series.map(({ file, settings }) =>
      ofFile(file, { side, run: JSON.stringify(Object.values(settings)[0]) }),
    )
    expect(matching(runs)).toBe(id)
    return fittingRuns(tables, runs)[id]!
  }

  test('sizes of heads are the variants of table 6 and table 20', () => {
    const sweep = ', sweep: { network.head: [1L, 2L-1024, 2L-2048, 2L-4096] }'
    const fitting = { '"1L"': '1L', '"2L-1024"': '2L-1024', '"2L-2048"': '2L-2048' }
    expect(variantsOf('table-6', setting(tinyImageNet, vit, sweep), 64)).toEqual(fitting)
    const imagenette = setting('source: imagenette', 'family: vit, variant: vit-t', sweep)
    expect(variantsOf('table-20', imagenette, 224)).toEqual(fitting)
  })

  test('placements are the variants of table 7, however they are written', () => {
    const sweep =
      ', sweep: { network.exits: [{ every: 1 }, { every: 2 }, [3, 6, 9, 12], { every: 4 }, [5, 10], dense-sparse, sparse-dense, [1]] }'
    expect(
      variantsOf('table-7', setting(tinyImageNet, 'family: resnet, variant: resnet50, stem: 3x3', sweep), 64),
    ).toEqual({
      '{"every":1}': 'Every-1',
      '{"every":2}': 'Every-2',
      '[3,6,9,12]': 'Every-3',
      '{"every":4}': 'Every-4',
      '[5,10]': 'Every-5',
      '"dense-sparse"': 'Dense-Sparse',
      '"sparse-dense"': 'Sparse-Dense',
    })
  })

  test('objectives are the variants of table 19', () => {
    const resnet = (objective: string, run: string) =>
      trained(setting(tinyImageNet, 'family: resnet, variant: resnet50, stem: 3x3', objective), { side: 64, run })
    const runs = [
      resnet('', 'uniform'),
      resnet(', objective: { gradients: equilibrium }', 'GE'),
      resnet(', objective: { weighting: increasing }', 'Inc'),
      resnet(', objective: { weighting: decreasing }', 'Dec'),
      resnet(', objective: { weighting: sdn }', 'SDN'),
      resnet(', objective: { weighting: sdn, parameters: { rampEpochs: 20 } }', 'other'),
      resnet(', objective: { weighting: sdn, gradients: equilibrium }', 'both'),
    ]
    expect(fittingRuns(tables, runs)['table-19']).toEqual({
      uniform: 'uniform',
      GE: 'GE',
      Inc: 'Inc',
      Dec: 'Dec',
      SDN: 'SDN',
    })
    expect(fittingRuns(tables, runs)['table-11']).toEqual({ uniform: null })
    expect(matching(runs)).toBe('table-19')
  })
})

describe('the matching table', () => {
  const example = (name: string, side?: number) =>
    trained(readFileSync(new URL(`../../../../../examples/${name}.yaml`, import.meta.url), 'utf8'), { side, run: name })

  test.each([
    ['paper/resnet34-cifar100', 'table-8', 32],
    ['paper/msdnet-cifar100', 'table-9', 32],
    ['paper/vit-t-cifar100', 'table-10', 32],
    ['paper/resnet50-tinyimagenet', 'table-11', 64],
    ['quickstart', null, 28],
  ])('of %s is %s', (name, id, side) => {
    expect(matching([example(name, side)])).toBe(id)
  })

  test('is the one with most matching runs, of several the fullest', () => {
    const [vit, resnet, other] = ['paper/vit-t-cifar100', 'paper/resnet34-cifar100', 'quickstart'].map((name) =>
      example(name),
    )
    expect(matching([vit!, vit!, other!])).toBe('table-10')
    expect(matching([vit!, resnet!, resnet!])).toBe('table-8')
    expect(matching([vit!, other!, other!])).toBe('table-10')
    expect(matching([])).toBeNull()
  })
})
