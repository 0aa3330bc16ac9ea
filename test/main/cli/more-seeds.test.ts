import { describe, expect, it } from 'vitest'
import type { MoreSeedsAnswer, Outlook } from '../../../src/readings/more-seeds/schema.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { exitlab, fakeClient } from './support.ts'

const outlook = (needed: number | null, decided = false): Outlook => ({
  ...{ experiment: 'toy', first: 'joint', second: 'mixed', difference: 1, pairCount: 3, halfWidths: [2] },
  ...{ decided, needed },
})
/** With one seed. */
const unknown: Outlook = { ...outlook(null), pairCount: 1, halfWidths: [null] }

/** The command on series with these pairs, and what it asks the host to queue, which refuses it. */
async function moreSeeds(pairs: Outlook[], ...args: string[]) {
  const asked: unknown[] = []
  const answer: MoreSeedsAnswer = { protocol: 'validation', rule: 'confidence', atBudgets: [{ budget: 0.5, pairs }] }
  const client = fakeClient({
    'system.info': () => ({ host: null }),
    'readings.ask': (input) => (asked.push(input), answer),
    'experiments.moreSeeds': (input) => {
      asked.push(input)
      throw new ExitlabError('conflict', 'not now')
    },
  })
  return { ...(await exitlab(['more-seeds', 'toy', ...args], { client })), asked }
}

describe('exitlab more-seeds', () => {
  it('trains as many seeds as the undecided difference with the most needs at the budget', async () => {
    const { asked, stderr } = await moreSeeds([outlook(4), outlook(null, true), outlook(9), unknown], '--budget', '25') // prettier-ignore
    expect(asked).toEqual([
      { reading: 'more-seeds', question: { runs: ['toy'], rule: undefined, budgets: [0.25] } },
      { runs: ['toy'], more: 9 },
    ])
    expect(stderr).toContain('not now')
  })

  it('trains a number of seeds that is given, and asks nothing then', async () => {
    expect((await moreSeeds([], '--seeds', '3')).asked).toEqual([{ runs: ['toy'], more: 3 }])
  })

  it('is refused without a number where all is decided, or nothing is known', async () => {
    const decided = await moreSeeds([outlook(null, true)])
    expect([decided.exitCode, decided.stderr]).toEqual([2, expect.stringContaining('Every difference is decided. Give a number')]) // prettier-ignore
    expect((await moreSeeds([])).stderr).toContain('There is no difference to decide at 50')
    expect((await moreSeeds([unknown])).stderr).toContain('not known of any undecided difference how many more seeds')
  })

  it('is refused without a number where one close pair would take more seeds than anyone means to train', async () => {
    const { asked, stderr } = await moreSeeds([outlook(2), outlook(37)])
    expect(stderr).toContain('takes about 37 more seeds of each series')
    expect(asked).toHaveLength(1)
  })

  it('is refused without a number where a pair would take more than 100, and says what the others take', async () => {
    const { asked, stderr } = await moreSeeds([outlook(2), outlook(null), outlook(null)])
    expect(stderr).toContain(
      'To decide joint − mixed and 1 more would take more than 100 more seeds of each series; what else is undecided takes about 2. Give a number of further seeds by --seeds.',
    )
    expect(asked).toHaveLength(1)
    expect((await moreSeeds([outlook(null)])).stderr).toContain('more than 100 more seeds of each series. Give')
  })
})
