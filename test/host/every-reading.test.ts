import { expect, onTestFinished, test } from 'vitest'
import { openReader } from '../../src/host/read-only-host.ts'
import { readings } from '../../src/readings/index.ts'
import { earlierWorkspace } from './earlier-workspace.ts'

const { copied } = earlierWorkspace('workspace-0.2.0')

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
    const { client, close } = openReader({ workspace: copied() })!
    onTestFinished(close)
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
