import { describe, expect, it } from 'vitest'
import { exitlab, fakeClient, fakeRun, summary } from './support.ts'

const shared = {
  reference: 'small',
  kind: 'experiment',
  meant: { id: 'cccc1111cccc', createdAt: Date.UTC(2026, 1, 3, 4, 5) },
  older: [{ id: 'bbbb1111bbbb', createdAt: Date.UTC(2026, 1, 2) }],
}
const note = `Note: “small” is the name of 2 experiments; the newest is used: cccc1111cccc (of 2026-02-03 04:05 UTC).
      Use an id for an older one: bbbb1111bbbb (of 2026-02-02 00:00 UTC)
`

describe('a name that several experiments have', () => {
  it.each(['list', 'pause', 'delete', 'show', 'export'])('is explained on stderr by %s', async (name) => {
    const answers = {
      'runs.list': () => [],
      'runs.show': fakeRun,
      'exports.run': () => ({ folder: '/x', files: [] }),
      'runs.pause': () => ({ runs: [] }),
      'runs.delete': () => ({ runs: [] }),
    }
    const stderr = async (names: unknown[]) => {
      const asked: unknown[] = []
      const client = fakeClient({ ...answers, 'runs.sharedNames': (input) => (asked.push(input), names) })
      const outcome = await exitlab([name, 'small', ...(name === 'export' ? ['x'] : []), '--json'], { client })
      expect(asked).toEqual([{ runs: ['small'] }])
      return outcome.stderr
    }
    expect(await stderr([shared])).toBe(note)
    expect(await stderr([])).toBe('')
  })

  it('is listed with the id of each', async () => {
    // Of other trainings: what a newer experiment trains again in the same way is listed once.
    const runs = ['cccc1111cccc', 'bbbb1111bbbb'].map((id) => {
      const run = summary(fakeRun({ id, experimentId: id }))
      return { ...run, phases: run.phases.map((phase) => ({ ...phase, id: `${phase.id} of ${id}` })) }
    })
    const { stdout } = await exitlab(['list'], { client: fakeClient({ 'runs.list': () => runs }) })
    expect(stdout).toMatch(/^cccc11 +small \(cccc11\) +disjoint/m)
    expect(stdout).toMatch(/^bbbb11 +small \(bbbb11\) +disjoint/m)
  })
})
