import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  filterNormalised,
  movedParameters,
} from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import type { LandscapeAxis } from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import { surveyingLandscape } from '../../../../src/readings/analyses/loss-landscape/compute/survey.ts'
import { fromDiskLayout } from '../../../../src/engine/layers/layout.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import type { Stream } from '../../../../src/engine/random.ts'
import { modelValues, type TorchArray } from '../../../../src/engine/training/phase-state.ts'
import { networkSpec } from '../../../../src/engine/networks/families.ts'
import { decodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { expectClose } from '../../../support/arrays.ts'
import { imagesBatch } from '../../../support/batches.ts'
import '../../../support/tensorflow.ts'

/** What fixtures/make_landscapes.py got from PyTorch. */
function readFixture(name: string) {
  const url = new URL(`fixtures/landscape-${name}.safetensors`, import.meta.url)
  const { arrays, metadata } = decodeSafetensors(readFileSync(url), name)
  const network = createNetwork(networkSpec.parse(JSON.parse(metadata.network!)))
  const stored = (key: string) => arrays[key] as TorchArray
  const weights = Object.fromEntries(network.parameters.map(({ name: each }) => [each, stored(`model.${each}`)]))
  return {
    network,
    stored,
    arrays: modelValues(network, weights),
    images: stored('images'),
    labels: arrays.labels!.values as Int32Array,
    points: JSON.parse(metadata.points!) as [number, number][],
    losses: JSON.parse(metadata.losses!) as Record<'zero' | 'element-wise', number[][]>,
  }
}

describe.each(['resnet', 'vit'])('%s: as PyTorch', (name) => {
  const { network, stored, arrays, images, labels, points, losses } = readFixture(name)
  const trained = movedParameters(network, { parts: 'all', oneDimensional: 'element-wise' })

  test('normalises drawn numbers to directions', () => {
    for (const axis of ['delta', 'eta']) {
      for (const parameter of trained) {
        const drawn = Array.from(stored(`drawn.${axis}.${parameter.name}`).values)
        const source = { normal: () => drawn.shift()! } as Stream
        const expected = fromDiskLayout(parameter, stored(`direction.${axis}.${parameter.name}`))
        expectClose(filterNormalised(parameter, arrays[parameter.name]!, source), expected, 1e-6)
        expect(drawn).toEqual([])
      }
    }
  })

  test.each(['zero', 'element-wise'] as const)(
    'finds the losses of all exits along given directions: %s',
    async (rule) => {
      const moved = movedParameters(network, { parts: 'all', oneDimensional: rule })
      const given = (axis: LandscapeAxis) =>
        Object.fromEntries(
          moved.map((each) => [each.name, fromDiskLayout(each, stored(`direction.${axis}.${each.name}`))]),
        )
      const batches = {
        batchCount: 1,
        sampleCount: labels.length,
        batch: () => ({ ...imagesBatch(images.values, images.shape.slice(1)), targets: labels }),
      }
      const found = await surveyingLandscape(
        { network, arrays, moved, batches, precision: 'float32' },
        async (survey) => {
          survey.turn({ delta: given('delta'), eta: given('eta') })
          const all: number[][] = []
          for (const [alpha, beta] of points) all.push(await survey.lossesAt(alpha, beta))
          return all
        },
      )
      expect(found).toHaveLength(5)
      found.forEach((each, point) => expectClose(each, losses[rule][point]!, 1e-5))
    },
  )
})
