import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { exitlab, fakeClient } from './support.ts'

const client = fakeClient({})

test('exitlab regimes prints every regime as an experiment file writes its own', async () => {
  const { stdout } = await exitlab(['regimes'], { client })
  const written = parse(stdout) as { name: string; phases: object[] }[]
  expect(written.map(({ name }) => name)).toEqual([
    'disjoint',
    'joint',
    'mixed',
    'branch-wise',
    'separate',
    'alternating',
    'mixed-gradual',
    'backbone',
  ])
  expect(written[6]).toEqual({
    name: 'mixed-gradual',
    phases: [
      { trains: 'backbone' },
      { forEach: 'early-exit', order: 'back-to-front', trains: 'all', exits: 'from-this' },
    ],
  })
})

test('exitlab regimes NAME prints one, and names those that there are', async () => {
  const { stdout } = await exitlab(['regimes', 'mixed'], { client })
  expect(stdout).toBe(`# Trains the backbone alone, then backbone and exit heads together on the mean loss of all exits.
- name: mixed
  phases:
    - trains: backbone
    - trains: all
`)
  const { exitCode, stderr } = await exitlab(['regimes', 'mixd'], { client })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('There is no regime "mixd". Expected one of disjoint, joint')
})
