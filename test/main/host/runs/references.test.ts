import { describe, expect, test, vi } from 'vitest'
import { openStore } from '../../../../src/main/store/open.ts'
import { resolveRun, resolveRuns, sharedNames } from '../../../../src/main/host/runs/references.ts'
import { addExperiment, addRun, temporaryFolder } from '../../store/support.ts'

function store() {
  const opened = openStore(temporaryFolder())
  addExperiment(opened, 'e1', 'toy')
  addRun(opened, 'abc111', ['p1'])
  addRun(opened, 'abc222', ['p1'])
  addRun(opened, 'def333', ['p1'], { name: 'abc' })
  return opened
}
const ids = (runs: { id: string }[]) => runs.map(({ id }) => id)

describe('a reference', () => {
  test('means a run by its id or the beginning of it, as long as that is the only one', () => {
    const opened = store()
    expect(ids(resolveRuns(opened, ['abc222']))).toEqual(['abc222'])
    expect(ids(resolveRuns(opened, ['d']))).toEqual(['def333'])
    expect(() => resolveRuns(opened, ['ab'])).toThrow(/“ab” is ambiguous; give an id:\n {2}abc111 {2}run/)
    opened.close()
  })

  test('that is an id reads no other runs, as thousands come at once', () => {
    const opened = store()
    const lookedThrough = vi.spyOn(opened.experiments, 'find')
    expect(ids(resolveRuns(opened, ['def333', 'abc111']))).toEqual(['abc111', 'def333'])
    expect(lookedThrough).not.toHaveBeenCalled()
    opened.close()
  })

  test('means an experiment of any number of runs', () => {
    const opened = store()
    const [run] = opened.runs.ofExperiment('e1')
    const many = Array.from({ length: 200_000 }, (_, index) => ({ ...run!, id: `r${index}`, position: index }))
    vi.spyOn(opened.runs, 'ofExperiment').mockReturnValue(many)
    expect(resolveRuns(opened, ['toy'])).toHaveLength(200_000)
    opened.close()
  })

  test('that is repeated is looked up once', () => {
    const opened = store()
    const lookedUp = vi.spyOn(opened.experiments, 'find')
    expect(ids(resolveRuns(opened, Array<string>(1000).fill('toy')))).toEqual(['abc111', 'abc222', 'def333'])
    expect(lookedUp).toHaveBeenCalledTimes(1)
    opened.close()
  })

  test('means the run of that name rather than one whose id begins so', () => {
    const opened = store()
    expect(ids(resolveRuns(opened, ['abc']))).toEqual(['def333'])
    opened.close()
  })

  test('to an experiment means all its runs, each once and in queue order', () => {
    const opened = store()
    expect(ids(resolveRuns(opened, ['def333', 'toy']))).toEqual(['abc111', 'abc222', 'def333'])
    expect(() => resolveRun(opened, 'toy')).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: expect.stringMatching(/^“toy” matches 3 runs; choose one/),
      }),
    )
    opened.close()
  })

  test('does not mean deleted runs, unless it is those that are asked for', () => {
    const opened = store()
    opened.runs.setDeleted('abc111', 5)
    expect(ids(resolveRuns(opened, ['abc1', 'toy'], 'any'))).toEqual(['abc111', 'abc222', 'def333'])
    expect(ids(resolveRuns(opened, ['toy']))).toEqual(['abc222', 'def333'])
    expect(ids(resolveRuns(opened, ['toy'], 'deleted'))).toEqual(['abc111'])
    expect(() => resolveRuns(opened, ['abc111'])).toThrow('“abc111” is deleted. Restore it first.')
    expect(() => resolveRuns(opened, ['abc222'], 'deleted')).toThrow('“abc222” is not deleted.')
    opened.close()
  })

  test('that matches nothing is answered with the nearest name, and is never used as a pattern', () => {
    const opened = store()
    expect(() => resolveRuns(opened, ['tyo'])).toThrow('Did you mean “toy”?')
    expect(() => resolveRuns(opened, ['a%'])).toThrow('There is no run')
    expect(() => resolveRuns(opened, ['______'])).toThrow(expect.objectContaining({ fields: { command: ['list'] } }))
    opened.close()
  })

  test('to several runs of one name means the newest of those that are there', () => {
    const opened = store()
    for (const [id, createdAt] of [
      ['r2', 8],
      ['r1', 9],
      ['r3', 7],
    ] as const) {
      addRun(opened, id, ['p1'], { name: 'toy-joint-s1', createdAt })
    }
    expect(resolveRun(opened, 'toy-joint-s1').id).toBe('r1')
    expect(sharedNames(opened, ['toy-joint-s1', 'abc111', 'abc', 'nothing'])).toEqual([
      {
        reference: 'toy-joint-s1',
        kind: 'run',
        meant: { id: 'r1', createdAt: 9 },
        older: [
          { id: 'r2', createdAt: 8 },
          { id: 'r3', createdAt: 7 },
        ],
      },
    ])
    opened.runs.setDeleted('r1', 10)
    expect(resolveRun(opened, 'toy-joint-s1', 'any').id).toBe('r2')
    opened.close()
  })

  test('to several experiments of one name means the newest, but not among deleted runs', () => {
    const opened = store()
    opened.experiments.insert({ ...opened.experiments.get('e1')!, id: 'e2', createdAt: 2 })
    addRun(opened, 'fff444', ['p1'], { experimentId: 'e2', createdAt: 2 })
    expect(ids(resolveRuns(opened, ['toy']))).toEqual(['fff444'])
    expect(ids(resolveRuns(opened, ['e1']))).toEqual(['abc111', 'abc222', 'def333'])
    expect(() => resolveRuns(opened, ['e'])).toThrow('is ambiguous')
    opened.runs.setDeleted('abc111', 5)
    opened.runs.setDeleted('fff444', 5)
    expect(ids(resolveRuns(opened, ['toy']))).toEqual(['abc222', 'def333'])
    expect(() => resolveRuns(opened, ['toy'], 'deleted')).toThrow(/is ambiguous[^]*e2 {2}experiment toy[^]*e1 /)
    opened.close()
  })
})
