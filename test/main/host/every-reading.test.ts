import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { curveAnswer } from '../../../src/readings/curve/schema.ts'
import { readings } from '../../../src/readings/index.ts'
import { earlierWorkspace } from './earlier-workspace.ts'

const { opened } = earlierWorkspace('workspace-0.2.0')

/** What is asked of readings that say nothing without it. */
const needed: Record<string, object> = {
  'what-if': { thresholds: 0.5 },
  'sample-path': { sample: 0, thresholds: 0.5 },
  samples: { group: 'exit-final', thresholds: 0.5 },
  'largest-errors': { thresholds: 0.5 },
}
/** Of texts that were made from what is no number, or is not there. */
const nothing = /\b(NaN|Infinity|undefined)\b|\[object /

/** What it makes; nothing where it refuses. Anything else than a refusal is a fault. */
async function madeBy(make: () => Promise<string>): Promise<string> {
  try {
    return await make()
  } catch (error) {
    expect(error).toMatchObject({ data: { code: expect.not.stringMatching('internal') as string } })
    return ''
  }
}

test.each(['several series', 'one run', 'one series', 'a sweep', 'imported results', 'runs and imported results'])(
  'every reading of %s makes its table and figure of numbers, or refuses',
  async (asked) => {
    const { client } = await opened()
    const imported = (await client.imports.list()).map(({ id }) => id)
    const toy = await client.runs.list({ runs: ['toy'] })
    const [first] = toy
    const runs = {
      'several series': ['toy'],
      'one run': [first!.id],
      'one series': toy.filter(({ series }) => series === first!.series).map(({ id }) => id),
      'a sweep': ['search-rung-1'],
      'imported results': imported,
      'runs and imported results': ['toy', ...imported],
    }[asked]!
    for (const [reading, { hasTable, hasFigure }] of readings.entries()) {
      const query = { reading, question: { runs, ...needed[reading] } }
      const table = () => client.exports.readTable({ table: query }).then((made) => JSON.stringify(made))
      const figure = async () => (await client.exports.figure({ figure: query, format: 'svg' })).bytes.text()
      if (hasTable) expect(await madeBy(table), `${reading}: table`).not.toMatch(nothing)
      if (hasFigure) expect(await madeBy(figure), `${reading}: figure`).not.toMatch(nothing)
    }
  },
)

test.each(['csv', 'csv-wide'] as const)(
  'every table as %s is records of as many fields as it has headings, no two of which are the same',
  async (format) => {
    const { client } = await opened()
    const [first] = await client.runs.list({ runs: ['toy'] })
    const found: string[] = []
    for (const [reading, { hasTable }] of readings.entries()) {
      for (const runs of hasTable ? [['toy'], [first!.id], ['search-rung-1']] : []) {
        const table = { reading, question: { runs, budgets: [null], ...needed[reading] } }
        const text = await madeBy(async () => (await client.exports.table({ table, format })).bytes.text())
        if (text === '') continue
        // Strict: it refuses records of another length.
        const [head, ...records] = parse(text) as string[][]
        expect(new Set(head).size, `${reading}: ${head!.join()}`).toBe(head!.length)
        if (records.length > 0) found.push(reading)
      }
    }
    const known = readings.entries().filter(([, { hasTable }]) => hasTable)
    const missing = known.map(([name]) => name).filter((name) => !found.includes(name))
    // They need what this workspace has not: a regression, measured times, static networks, a sweep of two settings.
    expect(missing.sort()).toEqual([
      'largest-errors',
      'latency',
      'predicted-values',
      'settings-heatmap',
      'static-networks',
    ])
  },
)

test('one with points has a record for each of them', async () => {
  const { client } = await opened()
  const question = { runs: ['toy'] }
  const answer = curveAnswer.parse(await client.readings.ask({ reading: 'curve', question }))
  const { bytes } = await client.exports.table({ table: { reading: 'curve', question }, format: 'csv' })
  const records = parse(await bytes.text(), { columns: true }) as Record<string, string>[]
  const points = answer.series.flatMap(({ exits, curve }) => [...exits, ...curve])
  expect(records).toHaveLength(answer.backbones.length + points.length)
  const drawn = records.filter(({ point }) => point !== 'backbone')
  expect(drawn.map((record) => Number(record['cost_percent']))).toEqual(
    points.map(({ cost }) => expect.closeTo(100 * cost, 4)),
  )
  expect(drawn.map(({ value }) => Number(value))).toEqual(points.map(({ mean }) => expect.closeTo(mean, 3)))
})
