import { expect, test } from 'vitest'
import { createNetwork, initialise } from '../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import { startArrays, startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { smallResnet } from '../../support/networks.ts'

const network = createNetwork(smallResnet({ blockCounts: [1, 1], exits: [0], classes: 3 }))
const phase = phasesOf('mixed', network)[1]!
const subject = { network, phase }
const whole = startSnapshot(subject, { seed: 7 }).model
const without = (prefix: string) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => !name.startsWith(prefix)))

test('a phase starts with the given weights, and with initial values for fresh parts', () => {
  const weights = { arrays: { ...without('heads.0'), 'old.weight': whole['classifier.weight']! }, fresh: ['heads.0'] }
  const { model } = startSnapshot(subject, { seed: 8, weights })
  const fresh = initialise(network, 8)
  expect(model['classifier.weight']).toBe(whole['classifier.weight'])
  expect(model['heads.0.fc.bias']!.values).toEqual(fresh['heads.0.fc.bias']!.values)
  expect(model).not.toHaveProperty(['old.weight'])
  const { taken, fresh: initialised, leftOver } = startArrays(network, weights)
  expect([...taken, ...initialised].toSorted()).toEqual(network.parameters.map(({ name }) => name).toSorted())
  expect(initialised.every((name) => name.startsWith('heads.0.'))).toBe(true)
  expect(leftOver).toEqual(['old.weight'])
})

test('an array that is missing elsewhere is refused by name, not initialised', () => {
  const begin = (prefix: string, fresh: string[]) =>
    startSnapshot(subject, { seed: 8, weights: { arrays: without(prefix), fresh } })
  expect(() => begin('classifier.weight', ['heads.0'])).toThrow(
    /lack classifier\.weight; they belong to another network/,
  )
  expect(() => begin('heads.0', [])).toThrow(/lack heads\.0\./)
})
