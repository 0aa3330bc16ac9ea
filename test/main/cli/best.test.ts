import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BestAnswer } from '../../../src/readings/best/schema.ts'
import { table } from '../../../src/readings/best/table.ts'
import { exitlab, experimentText, fakeClient } from './support.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-cli-'))
  writeFileSync(join(folder, 'small.yaml'), experimentText)
})
afterAll(() => rmSync(folder, { recursive: true }))

const answer: BestAnswer = {
  rule: 'confidence',
  atBudgets: [
    {
      budget: 0.25,
      withoutThreshold: [],
      ranking: [
        {
          ...{ experiment: 'small', regime: 'joint', series: 'joint', look: null, seedCount: 1 },
          ...{ validation: { mean: 80, std: null }, behind: null, isCandidate: true, test: { mean: 79, std: null } },
        },
      ],
    },
  ],
}
const asked: unknown[] = []
const client = fakeClient({
  'readings.ask': (input) => (asked.push(input), answer),
  'exports.readTable': () => table(answer),
})

describe('exitlab best', () => {
  it('prints the sentence, then the ranking, of the experiment that a file names', async () => {
    const { exitCode, stdout } = await exitlab(['best', join(folder, 'small.yaml'), '--budget', '25'], { client })
    expect(exitCode).toBe(0)
    expect(asked.at(-1)).toEqual({
      reading: 'best',
      question: { runs: ['small'], budgets: [0.25], rule: undefined },
    })
    const lines = stdout.split('\n')
    expect(lines[0]).toBe(
      'Best at 25\u202f% of the backbone’s cost, chosen on validation samples: joint, accuracy 79.00 % on test samples (1 seed).',
    )
    expect(lines[3]).toMatch(/^1\s+joint\s+80\.00\*\s+79\.00\*\s+–\s+–$/)
  })

  it('says on stderr and in its JSON what limits the comparison', async () => {
    const sentence = 'Class b has no test samples: test values say nothing of it.'
    const caveat = {
      kind: 'empty-classes',
      sentence,
      experiment: 'small',
      split: 'test',
      count: 1,
      of: 3,
      names: ['b'],
    }
    const doubtful = fakeClient({ 'readings.ask': () => answer, 'evaluations.caveats': () => [caveat] })
    const { stdout, stderr } = await exitlab(['best', 'small', '--json'], { client: doubtful })
    expect(stderr).toBe('Note: Class b has no test samples: test values say nothing of it.\n')
    expect(JSON.parse(stdout)).toMatchObject({ atBudgets: expect.anything(), caveats: [caveat] })
  })

  it('has the sentence in its JSON as well, and reads half of the cost unless told otherwise', async () => {
    const { stdout } = await exitlab(['best', 'small', '--json'], { client })
    expect(asked.at(-1)).toMatchObject({ question: { runs: ['small'], budgets: [0.5] } })
    const { atBudgets } = JSON.parse(stdout) as { atBudgets: object[] }
    expect(atBudgets).toMatchObject([{ budget: 0.25, sentence: expect.stringContaining('Best at'), ranking: [{}] }])
  })

  it('refuses a budget that is none, and a file that is not there', async () => {
    expect((await exitlab(['best', '--budget', 'half'], { client })).stderr).toContain(
      'Expected percentages above 0, such as 25,50',
    )
    const missing = await exitlab(['best', 'missing.yaml'], { client })
    expect([missing.exitCode, missing.stderr]).toEqual([expect.any(Number), expect.stringContaining('missing.yaml')])
    expect(missing.exitCode).not.toBe(0)
  })
})
