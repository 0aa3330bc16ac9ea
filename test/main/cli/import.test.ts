import { describe, expect, it } from 'vitest'
import type { ImportedResult } from '../../../src/shared/runs/imported.ts'
import { exitlab, fakeClient } from './support.ts'

const result: ImportedResult = {
  id: 'abc123def456',
  name: 'sdn',
  experiment: null,
  regime: 'mixed',
  seed: 2,
  format: 'csv',
  path: '/log.csv',
  sha256: '',
  importedAt: 1,
  content: {
    split: 'test',
    rule: null,
    backboneMacs: 200,
    curve: null,
    notes: ['Last values of acc_*.'],
    exits: [
      { name: '0', cost: 50, value: 0.25 },
      { name: 'final', cost: 202, value: 0.75 },
    ],
  },
}

/** What the host is asked when a command line is given, and what is printed. */
async function asked(...args: string[]) {
  const inputs: unknown[] = []
  const client = fakeClient({
    'imports.add': (input: unknown) => {
      inputs.push(input)
      return [result]
    },
  })
  const outcome = await exitlab(['import', ...args], { client, workingFolder: '/here' })
  return { ...outcome, input: inputs[0] as Record<string, unknown> }
}

describe('exitlab import', () => {
  it('passes the files by their absolute paths, with the given options only', async () => {
    const { input, stdout } = await asked('log.csv', '/there/run')
    expect(input).toMatchObject({ paths: ['/here/log.csv', '/there/run'], logged: 'last' })
    expect(Object.values(input).filter((value) => value !== undefined)).toHaveLength(2)
    expect(stdout).toBe(
      'Imported sdn, seed 2: 2 exits, from CSV.\n' +
        "  accuracy 25.0 to 75.0 % at 25.0 to 101.0 % of the backbone's cost\n" +
        '  Last values of acc_*.\n' +
        'Compare with: exitlab compare sdn\n',
    )
  })

  it('says how to compare in the workspace that it was given', async () => {
    const { stdout } = await asked('log.csv', '--workspace', '/there/own runs')
    expect(stdout).toContain("Compare with: exitlab compare sdn --workspace '/there/own runs'\n")
  })

  it('takes costs in %, with the cost of the backbone in multiply-adds, or those of a run', async () => {
    expect((await asked('x', '--costs', '20,45,100.3%')).input['costs']).toEqual([0.2, 0.45, 1.003])
    const { input } = await asked('x', '--costs', '2e6,4e6', '--backbone', '4e6')
    expect(input).toMatchObject({ costs: [2e6, 4e6], backboneMacs: 4e6 })
    expect((await asked('x', '--costs', 'quickstart')).input['costs']).toBe('quickstart')
  })

  it('takes seeds and roles', async () => {
    const { input } = await asked('x', '--seed', '3,4', '--map', 'metric=a=b_*', '--map', 'cost=flops', '--regression')
    expect(input).toMatchObject({ seeds: [3, 4], map: { metric: 'a=b_*', cost: 'flops' }, task: 'regression' })
  })

  it.each([
    ['--seed', 'one'],
    ['--map', 'colour=x'],
    ['--map', 'metric'],
    ['--backbone', '-1'],
    ['--regime', 'jont'],
  ])('refuses %s %s', async (option, value) => {
    const { exitCode, stderr } = await asked('x', option, value)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(value)])
  })
})

it('lists what was imported, for people and as JSON', async () => {
  const client = fakeClient({ 'imports.list': () => [result] })
  const { stdout } = await exitlab(['import', 'list'], { client })
  expect(stdout).toMatch(/^id +name +experiment +regime +seed +exits +curve +from +path\nabc123 +sdn +– +mixed +2 +2 +– +CSV +\/log\.csv\n$/) // prettier-ignore
  const json = await exitlab(['import', 'list', '--json'], { client })
  expect(JSON.parse(json.stdout)).toEqual([result])
  const none = await exitlab(['import', 'list'], { client: fakeClient({}) })
  expect(none.stdout).toBe('Nothing has been imported.\n')
})

it('deletes by name', async () => {
  const client = fakeClient({ 'imports.delete': ({ imports }: { imports: string[] }) => imports.map(() => result) })
  const { stdout } = await exitlab(['import', 'delete', 'sdn', 'abc'], { client })
  expect(stdout).toBe('2 imported results removed; the files stay.\n')
})
