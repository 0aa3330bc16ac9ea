import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { finalName, manifestSuffix, type Manifest } from '../../../src/files/checkpoint-manifest.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'

/**
 * ‖found − expected‖ / ‖expected‖ over all weights that another kind of processor may end with. Of workspace-1b9c194b it is below
 * 1e-6 with AVX2, SSE 4.1 or without oneDNN, and above 2e-3 where exits are weighted by costs that are counted otherwise.
 */
const rounding = 1e-4

const read = (file: string, manifest: string) => ({
  manifest: JSON.parse(readFileSync(manifest, 'utf8')) as Manifest,
  arrays: decodeSafetensors(readFileSync(file), file).arrays,
})

/** What decides the bits of a result. */
const decisive = ({ versions: { exitlab: _, ...others } }: Manifest) => others

/**
 * Expects the weights in the folder of a phase to be those in `expected`.safetensors: the same bits where the same kind of
 * processor and the same versions trained both, which `expected`.json tells, the same numbers but for rounding elsewhere.
 */
export function expectSameWeights(folder: string, expected: string): void {
  const weights = join(folder, finalName)
  const found = read(weights, weights + manifestSuffix)
  const wanted = read(`${expected}.safetensors`, `${expected}.json`)
  const { epoch, step, keptEpoch, ended, bytes } = wanted.manifest
  expect(found.manifest).toMatchObject({ epoch, step, keptEpoch, ended, bytes })
  expect(Object.keys(found.arrays)).toEqual(Object.keys(wanted.arrays))
  expect(distance(found.arrays, wanted.arrays)).toBeLessThan(rounding)
  if (isDeepStrictEqual(decisive(found.manifest), decisive(wanted.manifest)))
    expect(found.manifest.sha256).toBe(wanted.manifest.sha256)
}

type Arrays = ReturnType<typeof read>['arrays']

function distance(found: Arrays, wanted: Arrays): number {
  const norm = (numbers: readonly number[]) => Math.hypot(...numbers)
  const flat = (arrays: Arrays) => Object.values(arrays).flatMap(({ values }) => [...values])
  const [a, b] = [flat(found), flat(wanted)]
  return norm(a.map((value, index) => value - b[index]!)) / norm(b)
}
