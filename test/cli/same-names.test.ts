import { describe, expect, it } from 'vitest'
import { exitlab, fakeClient, fakeRun, summary } from './support.ts'

const experiment = { name: 'small', regimes: ['joint'], seeds: [1], runs: 1, done: 1 }
const experiments = [
  { ...experiment, id: 'cccc1111cccc', createdAt: Date.UTC(2026, 1, 3, 4, 5) },
  { ...experiment, id: 'bbbb1111bbbb', createdAt: Date.UTC(2026, 1, 2) },
  { ...experiment, id: 'dddd1111dddd', createdAt: Date.UTC(2026, 1, 1), runs: 0 },
]
const note = `Note: “small” is the name of 2 experiments; the newest is taken, cccc11 (of 2026-02-03 04:05 UTC).
      Name an older one by its id: bbbb11 (of 2026-02-02 00:00 UTC)
`

describe('a name that several experiments bear', () => {
  it.each(['list', 'pause', 'delete'])('is explained on stderr by %s, with the ids of the older ones', async (name) => {
    const answer = name === 'list' ? [] : { runs: [] }
    const client = fakeClient({ 'experiments.list': () => experiments, [`runs.${name}`]: () => answer })
    expect((await exitlab([name, 'small', '--json'], { client })).stderr).toBe(note)
    expect((await exitlab([name, 'cccc1111cccc', '--json'], { client })).stderr).toBe('')
  })

  it('stands with its id in a list of both', async () => {
    const runs = experiments.slice(0, 2).map(({ id }) => summary(fakeRun({ id, experimentId: id })))
    const { stdout } = await exitlab(['list'], { client: fakeClient({ 'runs.list': () => runs }) })
    expect(stdout).toMatch(/^cccc11 +small \(cccc11\) +disjoint/m)
    expect(stdout).toMatch(/^bbbb11 +small \(bbbb11\) +disjoint/m)
  })
})
