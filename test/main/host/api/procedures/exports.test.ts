import { describe, expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { figureFormats, tableFormats } from '../../../../../src/contract/exports.ts'
import type { ExportInput } from '../../../../../src/contract/exports.ts'
import { exitIndex } from '../../../../../src/shared/evaluation/exit-id.ts'
import { bench, experiment, refusal, untilStatus } from '../../support.ts'
import { transports } from '../transports.ts'

async function train(client: HostClient, changes: Parameters<typeof experiment>[0] = {}): Promise<void> {
  const { runs } = await client.experiments.create(
    experiment({ seeds: [1, 2], regimes: ['joint', 'mixed'], ...changes }),
  )
  for (const { id } of runs) await untilStatus(client, id, 'done')
}

const joint = ['toy-joint-s1', 'toy-joint-s2']
const tables: [ExportInput, string][] = [
  [{ reading: 'budgets', question: {} }, 'toy-budgets'],
  [{ reading: 'differences' }, 'toy-differences'],
  [{ reading: 'optimism' }, 'toy-optimism'],
  [{ reading: 'exits' }, 'toy-exits'],
  [{ reading: 'calibration', question: { runs: joint } }, 'toy-joint-calibration'],
  [{ reading: 'confusion', question: { runs: joint, exit: 0 } }, 'toy-joint-confusion-exit-0'],
  [{ reading: 'training-cost' }, 'toy-training-cost'],
  [{ reading: 'runs', question: { runs: ['toy'] } }, 'toy-runs'],
  [{ reading: 'settings', question: { runs: ['toy'] } }, 'toy-settings'],
  [{ reading: 'ledger', question: { runs: ['toy-mixed-s1'] } }, 'toy-mixed-s1-ledger'],
  [{ reading: 'what-if', question: { runs: joint, thresholds: 0.5 } }, 'toy-joint-what-if'],
  [{ reading: 'epochs', question: { runs: ['toy-mixed-s1'] } }, 'toy-mixed-s1-epochs'],
  [{ reading: 'dominance', question: { runs: ['toy-mixed-s1'] } }, 'toy-mixed-s1-dominance'],
]
const figures: [ExportInput, string][] = [
  [{ reading: 'curve', question: {} }, 'toy-cost-curve'],
  [{ reading: 'optimism', question: { budgets: [null] } }, 'toy-optimism'],
  [{ reading: 'what-if', question: { runs: joint, thresholds: 0.5 } }, 'toy-joint-exit-histogram'],
  [{ reading: 'calibration', question: { runs: joint } }, 'toy-joint-reliability'],
  [{ reading: 'training-cost', question: { budgets: [null] } }, 'toy-training-cost'],
  [{ reading: 'confusion', question: { runs: joint } }, 'toy-joint-confusion'],
  [{ reading: 'training-curves', question: { runs: joint, seeds: 'mean', x: 'step' } }, 'toy-training-curves'],
  [{ reading: 'epochs', question: { runs: ['toy-mixed-s1'] } }, 'toy-mixed-s1-validation-accuracy'],
  [{ reading: 'dominance', question: { runs: ['toy-mixed-s1'], figure: 'map' } }, 'toy-mixed-s1-dominance-map'],
  [{ reading: 'dominance', question: { runs: ['toy-mixed-s1'], figure: 'lines' } }, 'toy-mixed-s1-dominance-lines'],
  [{ reading: 'dominance', question: { runs: ['toy-mixed-s1'], figure: 'blocks' } }, 'toy-mixed-s1-dominance-blocks'],
]
const endings = { csv: '.csv', 'csv-wide': '-wide.csv', latex: '.tex' }

/** Of a line of CSV. */
const fieldCount = (line: string) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(',').length

test('every table can be had in every format, under a name of its own', async () => {
  const { client } = await bench().open()
  await train(client)
  for (const [table, name] of tables) {
    for (const format of tableFormats) {
      const file = await client.exports.table({ table, format })
      expect(file.name).toBe(name + endings[format])
      const lines = (await file.bytes.text()).trimEnd().split('\n')
      expect(lines.length).toBeGreaterThanOrEqual(2)
      if (format === 'latex') expect(lines.at(-1)).toBe('\\end{table}')
      else expect(new Set(lines.map(fieldCount)).size).toBe(1)
    }
  }
})

test('every figure can be had in every format, theme and size', async () => {
  const { client } = await bench().open()
  await train(client)
  const magic = { svg: '<svg', pdf: '%PDF', png: '\u0089PNG' }
  for (const [figure, name] of figures) {
    for (const format of figureFormats) {
      const file = await client.exports.figure({ figure, format, theme: 'dark', paper: { width: 300, height: 200 } })
      expect(file.name).toBe(`${name}.${format}`)
      const head = Buffer.from(await file.bytes.slice(0, 4).arrayBuffer())
      expect(head.toString('latin1')).toBe(magic[format])
    }
    const svg = await (await client.exports.figure({ figure, format: 'svg', theme: 'dark' })).bytes.text()
    expect(svg).toContain('width="720" height="440"')
    expect(svg).toContain('#181a1f')
    expect(svg).not.toMatch(/NaN|undefined/)
  }
})

test('epochs of the table and of the figure are those of the store', async () => {
  const { client } = await bench().open()
  await train(client, { seeds: [1] })
  const { phases, costs } = await client.runs.show({ run: 'toy-mixed-s1' })
  const { metrics } = await client.runs.epochs({ phase: phases[1]!.id })
  const table = await client.exports.table({
    table: { reading: 'epochs', question: { runs: ['toy-mixed-s1'] } },
    format: 'csv',
  })
  const text = await table.bytes.text()
  for (const { epoch, exit, split, values } of metrics) {
    const place = exitIndex(exit, costs.exits.length - 1)
    const [value] = new RegExp(`(?<=^all exits,${epoch},${split},${place},accuracy,).*$`, 'm').exec(text)!
    expect(Number(value)).toBeCloseTo(100 * values.accuracy!, 5)
  }
  const figureOf = (phase: string) => ({
    reading: 'epochs',
    question: { runs: ['toy-mixed-s1'], metric: 'loss', phase },
  })
  const backbone = await client.exports.figure({ figure: figureOf(phases[0]!.id), format: 'svg' })
  expect(await backbone.bytes.text()).toContain('phase 1 of 2: backbone')
  expect(await refusal(client.exports.figure({ figure: figureOf('x'), format: 'svg' }))).toEqual({
    code: 'not-found',
    message: 'toy-mixed-s1 has no phase x.',
  })
})

test('gradient dominance of the table is that of the store; a phase or an epoch without it is refused', async () => {
  const { client } = await bench().open()
  await train(client, { seeds: [1] })
  const run = 'toy-mixed-s1'
  const [backbone, all] = (await client.runs.show({ run })).phases
  const table = await client.exports.table({
    table: { reading: 'dominance', question: { runs: [run] } },
    format: 'csv',
  })
  const text = await table.bytes.text()
  for (const { epoch, exits } of await client.runs.dominance({ phase: all!.id })) {
    exits.forEach((cosine, exit) => {
      const [value] = new RegExp(`(?<=^all exits,${epoch},1,toy-mixed-s1,weighting uniform,${exit},,).*$`, 'm').exec(
        text,
      )!
      expect(Number(value)).toBeCloseTo(cosine!, 6)
    })
  }
  const map = (phase: string) =>
    client.exports.figure({ figure: { reading: 'dominance', question: { runs: [run], phase } }, format: 'svg' })
  expect(await (await map(all!.id)).bytes.text()).toContain('phase 2 of 2: all exits')
  expect(await refusal(map(backbone!.id))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Compute it at the best checkpoint') as string,
    command: ['analyse', 'gradient-dominance', 'toy-mixed-s1'],
  })
  const epoch = { reading: 'dominance', question: { runs: [run], figure: 'blocks', epoch: 9 } }
  expect(await refusal(client.exports.figure({ figure: epoch, format: 'svg' }))).toEqual({
    code: 'not-found',
    message: 'Gradient dominance of toy-mixed-s1 was not measured in epoch 9.',
  })
})

test('what cannot be exported is refused with what it needs', async () => {
  const { client } = await bench().open()
  await train(client, { regimes: ['joint'], seeds: [1] })
  expect(await refusal(client.exports.table({ table: { reading: 'differences' }, format: 'csv' }))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('two series of one experiment') as string,
  })
  expect(
    (await refusal(client.exports.table({ table: { reading: 'runs', question: { runs: ['tooy'] } }, format: 'csv' })))
      .code,
  ).toBe('not-found')
})

test('hostile names are plain text in every table', async () => {
  const { client } = await bench().open()
  await train(client, { name: '=HYPERLINK("x")\\input{a}', regimes: ['joint'], seeds: [1] })
  const csv = await client.exports.table({ table: { reading: 'budgets', question: {} }, format: 'csv' })
  expect(csv.name).toBe('HYPERLINK-x-input-a-budgets.csv')
  expect(await csv.bytes.text()).toContain(`\n"'=HYPERLINK(""x"")\\input{a}",joint`)
  const latex = await client.exports.table({ table: { reading: 'budgets', question: {} }, format: 'latex' })
  expect(await latex.bytes.text()).toContain("=HYPERLINK(''x'')\\textbackslash{}input\\{a\\}")
})

describe.each(transports)('%s', (_, serve) => {
  test('files arrive byte by byte', async () => {
    const { client, host } = await serve()
    await train(client, { seeds: [1] })
    for (const format of figureFormats) {
      const figure = { figure: { reading: 'curve', question: {} }, format } as const
      const [here, there] = await Promise.all([client, host.client].map((each) => each.exports.figure(figure)))
      expect(Buffer.from(await here!.bytes.arrayBuffer())).toEqual(Buffer.from(await there!.bytes.arrayBuffer()))
      expect(here!.name).toBe(there!.name)
    }
  })
})

test('a reading that there is not is refused with the names of those that there are', async () => {
  const { client } = await bench().open()
  const { code, message } = await refusal(client.exports.table({ table: { reading: 'budget' }, format: 'csv' }))
  expect([code, message]).toEqual([
    'usage',
    expect.stringMatching(/^There is no reading "budget"\. Expected one of .*budgets.*, optimism/),
  ])
})
