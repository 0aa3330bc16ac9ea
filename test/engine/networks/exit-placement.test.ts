import { describe, expect, test } from 'vitest'
import { checkExits, placeExits, type Sites } from '../../../src/engine/networks/exit-placement.ts'
import type { ExitPlacement } from '../../../src/shared/network/network.ts'

const resnet = (blockCount: number): Sites => ({ network: 'resnet', blockCount, lastSite: blockCount - 2 })
const vit = (blockCount: number): Sites => ({ network: 'vit', blockCount, lastSite: blockCount - 1 })
const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

describe('the paper’s placements on the 16 blocks of ResNet-50', () => {
  test.each<[ExitPlacement, number[]]>([
    [{ every: 1 }, span(1, 14)],
    [{ every: 2 }, [2, 4, 6, 8, 10, 12, 14]],
    [{ every: 3 }, [3, 6, 9, 12]],
    [{ every: 4 }, [4, 8, 12]],
    [{ every: 5 }, [5, 10]],
    ['dense-sparse', [1, 2, 3, 4, 5, 6, 7, 11]],
    ['sparse-dense', [1, 4, 8, 9, 10, 11, 12, 13, 14]],
    ['all', span(0, 14)],
    [
      [9, 3, 0],
      [0, 3, 9],
    ],
  ])('%j', (placement, blocks) => {
    expect(placeExits(placement, resnet(16))).toEqual(blocks)
  })
})

test('a ViT may have an exit behind its last block', () => {
  expect(placeExits('all', vit(7))).toEqual(span(0, 6))
  expect(placeExits([6], vit(7))).toEqual([6])
})

test('dense-sparse and sparse-dense scale with the depth', () => {
  expect(placeExits('dense-sparse', vit(12))).toEqual([1, 2, 3, 4, 5, 8])
  expect(placeExits('sparse-dense', vit(12))).toEqual([1, 3, 6, 7, 8, 9, 10])
  for (let blockCount = 8; blockCount <= 60; blockCount++) {
    for (const scheme of ['dense-sparse', 'sparse-dense'] as const) {
      const blocks = placeExits(scheme, resnet(blockCount))
      expect(() => checkExits(blocks, resnet(blockCount))).not.toThrow()
      expect(blocks.length).toBeLessThan(blockCount - 1)
    }
  }
})

describe('a placement that does not fit is refused with what would', () => {
  test.each<[string, ExitPlacement, Sites, string]>([
    [
      'beyond the network',
      [2, 12],
      resnet(9),
      'block 12 cannot have an exit; in this resnet of 9 blocks, exits are possible after blocks 0 to 7',
    ],
    ['behind a ResNet’s last block', [8], resnet(9), '(the last block is followed by the final classifier)'],
    ['beyond a ViT', [7], vit(7), 'exits are possible after blocks 0 to 6'],
    ['a block twice', [1, 1], resnet(9), 'block 1 is listed twice'],
    ['too wide steps', { every: 8 }, resnet(9), 'every: 8 gives no exit: the last exit site is block 7'],
    ['a scheme on few blocks', 'dense-sparse', vit(7), 'dense-sparse needs at least 8 blocks, but this network has 7'],
  ])('%s', (_, placement, sites, message) => {
    expect(() => placeExits(placement, sites)).toThrow(`network.exits: `)
    expect(() => placeExits(placement, sites)).toThrow(message)
  })

  test('descending blocks in a stored network', () => {
    expect(() => checkExits([3, 1], resnet(9))).toThrow('expected blocks in ascending order, got [3, 1]')
  })
})
