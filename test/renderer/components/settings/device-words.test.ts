import { expect, test } from 'vitest'
import type { EngineInfo } from '../../../../src/contract/system.ts'
import { deviceChoices, trainsOn } from '../../../../src/renderer/components/settings/device-words.ts'
import { cardOf } from '../../../support/cards.ts'

const cards = [cardOf(0, 'A100'), cardOf(1, 'T4')]
const gpu: EngineInfo['gpu'] = { cards, missing: [], installed: true, folder: '/tensorflow-gpu' }
const engine = { device: null, processor: { name: 'EPYC', threads: 2 }, gpu }
const slurm = { cpus: 2, gpus: 0 }

test.each([
  ['cpu', 'Will train on the processor', 'EPYC'],
  ['cuda', 'Will train on the GPU', 'A100 or T4'],
  ['cuda:1', 'Will train on the GPU', 'T4'],
  ['cuda:7', 'Will train on the GPU', 'cuda:7'],
])('with the device %s it says “%s”', (device, lead, name) => {
  expect(trainsOn({ engine, host: { device, executor: 'local' }, slurm })).toMatchObject({ lead, name })
})

test('reports the device of its trainers', () => {
  const device = { kind: 'gpu' as const, name: 'T4', tensorflowVersion: '2.20.0', threads: 2 }
  const host = { device: 'cuda', executor: 'local' as const }
  expect(trainsOn({ engine: { ...engine, device }, host, slurm })).toEqual({
    lead: 'Trains on the GPU',
    name: 'T4',
    gpu: true,
    here: 'runs',
  })
})

test('where Slurm is the executor its jobs train, on what they ask for', () => {
  const host = { device: 'cuda', executor: 'slurm' as const }
  const lead = 'Jobs of Slurm train on'
  expect(trainsOn({ engine, host, slurm })).toEqual({
    lead,
    name: '2 processors of a node',
    gpu: false,
    here: 'analyses',
  })
  expect(trainsOn({ engine, host, slurm: { cpus: 4, gpus: 1 } })).toEqual({
    lead,
    name: '1 GPU of a node',
    gpu: true,
    here: 'analyses',
  })
})

test('where others train it is not known on what', () => {
  const host = { device: 'cuda', executor: 'external' as const }
  expect(trainsOn({ engine, host, slurm })).toEqual({
    lead: 'Others train',
    name: 'in the depot',
    gpu: false,
    here: 'analyses',
  })
})

test('devices to choose from are the processor, any card and each card', () => {
  const chosen = (device: string, changes: Partial<EngineInfo['gpu']> = {}) =>
    deviceChoices(device, { ...gpu, ...changes }).map(({ value, label, disabled }) => [value, label, disabled])
  expect(chosen('cpu')).toEqual([
    ['cpu', 'Processor', false],
    ['cuda', 'Any of 2 cards', false],
    ['cuda:0', 'A100 (cuda:0)', false],
    ['cuda:1', 'T4 (cuda:1)', false],
  ])
  expect(chosen('cpu', { cards: cards.slice(0, 1) })).toEqual([
    ['cpu', 'Processor', false],
    ['cuda', 'A100', false],
  ])
  expect(chosen('cuda:3', { cards: [], missing: ['a card'] })).toEqual([
    ['cpu', 'Processor', false],
    ['cuda:3', 'cuda:3, not there', false],
  ])
  expect(chosen('cpu', { missing: ['the GPU build'] }).filter(([, , disabled]) => disabled)).toHaveLength(3)
})
