import { describe, expect, test } from 'vitest'
import {
  fanInUniform,
  normal,
  ones,
  truncatedNormal,
  uniform,
  xavierUniform,
  zeros,
  type Initialiser,
} from '../../../src/engine/layers/initialisers.ts'
import { createNetwork, initialise } from '../../../src/engine/networks/index.ts'
import { stream } from '../../../src/engine/random.ts'
import { smallResnet, smallVit } from '../../support/networks.ts'

const count = 20_000

function statistics(init: Initialiser) {
  const values = init(count, stream(1, 'initialisers'))
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count
  return { mean, deviation: Math.sqrt(variance), min: Math.min(...values), max: Math.max(...values) }
}

describe('initial values', () => {
  test.each<[string, Initialiser, number, number]>([
    ['uniform between 0 and 1', uniform(0, 1), 0, 1],
    ['PyTorch’s default of fan-in 25', fanInUniform(25), -0.2, 0.2],
    ['Xavier’s of 20 inputs and 4 outputs', xavierUniform(20, 4), -0.5, 0.5],
  ])('%s fill their interval evenly', (_, init, low, high) => {
    const { mean, deviation, min, max } = statistics(init)
    const width = high - low
    expect(min).toBeGreaterThanOrEqual(low)
    expect(max).toBeLessThanOrEqual(high)
    expect(max - min).toBeGreaterThan(0.999 * width)
    expect(Math.abs(mean - (low + high) / 2)).toBeLessThan(0.01 * width)
    expect(deviation / (width / Math.sqrt(12))).toBeCloseTo(1, 1)
  })

  test('normal ones have their deviation', () => {
    const { mean, deviation } = statistics(normal(0.02))
    expect(Math.abs(mean)).toBeLessThan(0.0005)
    expect(deviation / 0.02).toBeCloseTo(1, 1)
  })

  test('truncated normal ones stay within ±2, whatever the deviation', () => {
    const wide = statistics(truncatedNormal(2))
    expect(wide.max).toBeLessThanOrEqual(2)
    expect(wide.max).toBeGreaterThan(1.95)
    // Standard deviation of N(0, 1) cut at ±1: √(1 − 2φ(1)/(2Φ(1) − 1)) = 0.5396.
    expect(wide.deviation).toBeCloseTo(2 * 0.5396, 1)
    expect(statistics(truncatedNormal(0.1)).deviation).toBeCloseTo(0.1, 2)
  })

  test('zeros and ones', () => {
    expect(zeros(2, stream(1))).toEqual(Float32Array.of(0, 0))
    expect(ones(2, stream(1))).toEqual(Float32Array.of(1, 1))
  })
})

/** Largest absolute value of an array over its bound, just below 1 for uniform ones. */
const reach = (values: Float32Array, bound: number) => Math.max(...values.map(Math.abs)) / bound

test('a ResNet starts as PyTorch’s modules do, its mixes between 0 and 1', () => {
  const arrays = initialise(createNetwork(smallResnet()), 1)
  const values = (name: string) => arrays[name]!.values
  expect(reach(values('blocks.0.conv1.weight'), 1 / Math.sqrt(9 * 4))).toBeGreaterThan(0.95)
  expect(reach(values('blocks.0.conv1.weight'), 1 / Math.sqrt(9 * 4))).toBeLessThanOrEqual(1)
  expect(reach(values('heads.0.fc.weight'), 1 / Math.sqrt(64))).toBeGreaterThan(0.95)
  expect(reach(values('classifier.bias'), 1 / Math.sqrt(6))).toBeLessThanOrEqual(1)
  expect(values('blocks.0.bn2.weight')).toEqual(new Float32Array(4).fill(1))
  expect(values('blocks.0.bn2.bias')).toEqual(new Float32Array(4))
  expect(values('stem.bn.running_mean')).toEqual(new Float32Array(4))
  expect(values('stem.bn.running_var')).toEqual(new Float32Array(4).fill(1))
  expect(values('heads.1.mix')[0]).toBeGreaterThanOrEqual(0)
  expect(values('heads.1.mix')[0]).toBeLessThan(1)
})

test('a ViT starts as torchvision’s does', () => {
  const arrays = initialise(createNetwork(smallVit({ dim: 32, mlpDim: 64, headCount: 4 })), 1)
  const values = (name: string) => arrays[name]!.values
  const allZero = (name: string) => values(name).every((value) => value === 0)
  for (const name of ['cls_token', 'patch.bias', 'classifier.weight', 'classifier.bias', 'blocks.0.attn.qkv.bias']) {
    expect(allZero(name), name).toBe(true)
  }
  expect(allZero('blocks.0.attn.out.bias')).toBe(true)
  expect(reach(values('blocks.0.attn.qkv.weight'), Math.sqrt(6 / (32 + 96)))).toBeCloseTo(1, 1)
  expect(reach(values('blocks.0.attn.out.weight'), 1 / Math.sqrt(32))).toBeCloseTo(1, 1)
  expect(reach(values('blocks.0.mlp.fc1.weight'), Math.sqrt(6 / 96))).toBeCloseTo(1, 1)
  expect(reach(values('blocks.0.mlp.fc1.bias'), 1e-5)).toBeLessThan(1)
  expect(reach(values('heads.0.fc.weight'), 1 / Math.sqrt(32))).toBeCloseTo(1, 1)
  expect(reach(values('pos_embedding'), 0.02 * 5)).toBeLessThan(1)
})
