import { expect, test } from 'vitest'
import type { HostClient } from '../../../../../src/contract/index.ts'
import { readings } from '../../../../../src/readings/index.ts'
import { earlierWorkspace } from '../../earlier-workspace.ts'

const { opened } = earlierWorkspace('workspace-0.2.0')

async function reader() {
  const { client } = await opened()
  return client
}

/** JSON of a reading, of a list its entries; null where it refuses. */
async function jsonOf(client: HostClient, reading: string, question: object) {
  const answer = await client.readings.ask({ reading, question: { ...question } }).catch(() => null)
  return answer === null ? null : ([readings.get(reading).json(answer)].flat() as Record<string, unknown>[])
}

test.each([
  ['budgets', {}, 'test', 'validation'],
  ['budgets', { protocol: 'paper' }, 'test', 'test'],
  ['budgets', { split: 'validation' }, 'validation', 'validation'],
  ['budgets', { split: 'validation', protocol: 'paper' }, 'validation', 'validation'],
  ['differences', { protocol: 'paper' }, 'test', 'test'],
  ['training-cost', {}, 'test', 'validation'],
  ['best', {}, 'both', 'validation'],
  ['optimism', {}, 'test', 'both'],
  ['thresholds', {}, 'test', undefined],
  ['thresholds', { split: 'validation' }, 'validation', undefined],
  ['curve', {}, 'test', undefined],
  ['exits', { split: 'validation' }, 'validation', undefined],
  ['failure-prediction', {}, 'test', undefined],
])(
  '%s of %j says that values are of %s samples and thresholds of %s',
  async (reading, question, readOn, thresholdsOn) => {
    const json = await jsonOf(await reader(), reading, { runs: ['toy'], ...question })
    expect(json!.length).toBeGreaterThan(0)
    for (const entry of json!) expect([entry['readOn'], entry['thresholdsOn']]).toEqual([readOn, thresholdsOn])
  },
)

test('a sweep whose test values are closed is said to be read on validation samples', async () => {
  const [json] = (await jsonOf(await reader(), 'budgets', { runs: ['search-rung-1'] }))!
  expect(json).toMatchObject({ readOn: 'validation', thresholdsOn: 'validation', protocol: 'validation' })
})

test('calibration says of each entry which samples it is of', async () => {
  const json = await jsonOf(await reader(), 'calibration', { runs: ['toy'] })
  expect(new Set(json!.map(({ readOn }) => readOn))).toEqual(new Set(['validation', 'test']))
  expect(json!.every(({ readOn, split }) => readOn === split)).toBe(true)
})

test('every reading with values of samples says by name of which', async () => {
  const client = await reader()
  const [first] = await client.runs.list({ runs: ['toy'] })
  const needed = { thresholds: 0.5, sample: 0, group: 'exit-final' }
  const said: string[] = []
  for (const [name, { info, question }] of readings.entries()) {
    const own = Object.fromEntries(Object.entries(needed).filter(([key]) => key in question.shape))
    const json = await jsonOf(client, name, { runs: info.of === 'runs' ? [first!.id] : ['toy'], ...own })
    if (json === null) continue
    const isSaid = json.every(({ readOn }) => ['test', 'validation', 'both'].includes(String(readOn)))
    expect([name, isSaid]).toEqual([name, info.samples !== 'none'])
    if (isSaid) said.push(name)
  }
  expect(said).toEqual(expect.arrayContaining(['budgets', 'confusion', 'exits', 'sample-path', 'samples', 'what-if']))
})
