import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { costs } from '../../../src/engine/cost/ledger.ts'
import { recounted } from '../../../src/engine/cost/recount.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { onnx } from '../../../src/engine/networks/onnx/family.ts'
import type { OnnxSpec } from '../../../src/engine/networks/onnx/schema.ts'
import type { NetworkFile } from '../../../src/shared/network/network-file.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { samplesFor, withoutExits } from '../../support/onnx-fixtures.ts'

/** A network as it was exported: the PyTorch twin of a built-in one, or one of other libraries with fvcore's multiply-adds. */
interface Exported {
  file: NetworkFile
  network?: NetworkSpec
  fvcore?: number
}

const exported = JSON.parse(readFileSync(new URL('fixtures/exported.json', import.meta.url), 'utf8')) as Record<
  string,
  Exported
>
const specOf = ({ file }: Exported, exits: number[] = []) =>
  ({ ...onnx.resolve(withoutExits, samplesFor(file), file), exits }) as OnnxSpec
const backboneOf = (each: Exported, counting?: 1) => costs(createNetwork(specOf(each), counting)).backbone

describe('a network from a file costs what', () => {
  it.each(Object.entries(exported).filter(([, { network }]) => network))('the built-in %s costs', (_, each) => {
    expect(backboneOf(each)).toBe(costs(createNetwork(networkSpec.parse(each.network))).backbone)
  })

  it.each(Object.entries(exported).filter(([, { fvcore }]) => fvcore))('fvcore counts of %s', (_, each) => {
    expect(backboneOf(each)).toBe(each.fvcore)
  })
})

it('a BERT of transformers has the scale of its attention counted, and nothing that is computed of its mask', () => {
  const bert = exported['transformers-bert']!
  const builtIn = { vocabulary: 50, maxLength: 32, dim: 32, mlpDim: 64, depth: 3, headCount: 2, classes: 3 }
  const spec = { ...exported['bert']!.network!, ...builtIn }
  expect([backboneOf(bert, 1), backboneOf(bert)]).toEqual([1_052_800, 1_058_944])
  expect(costs(createNetwork(networkSpec.parse(spec))).backbone).toBe(1_058_944)
})

it('a DeiT has its positions and the scale of its attention counted', () => {
  const deit = exported['deit_tiny_patch16_224']!
  // 12 blocks of 3 heads and 197 tokens, and as many positions of 192 numbers.
  expect(backboneOf(deit) - backboneOf(deit, 1)).toBe(12 * 3 * 197 ** 2 + 197 * 192)
})

it('costs that were counted by rule 1 are recounted without the heads', () => {
  const spec = { ...specOf(exported['transformers-bert']!), exits: [0, 1], head: '1L' }
  const [before, now] = [createNetwork(spec, 1), createNetwork(spec)].map((network) => {
    const { backbone, exits } = costs(network)
    return {
      backboneMacs: backbone,
      exits: network.exits.map(({ exit, block }) => {
        const macs = exits[exit]!
        return { exit, block, macs, fraction: macs / backbone }
      }),
    }
  })
  expect(now).not.toEqual(before)
  expect(recounted({ ...spec, head: 'of an extension' }, before!)).toEqual(now)
})
