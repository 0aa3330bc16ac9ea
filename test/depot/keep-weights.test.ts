import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keepWeights } from '../../src/main/depot/keep-weights.ts'
import { phaseIdOf } from '../../src/main/depot/phase-job.ts'
import { temporaryFolder } from '../host/support.ts'
import { definition } from './support.ts'

/** A phase that starts from a file. */
function staged() {
  const source = join(temporaryFolder(), 'net.onnx')
  writeFileSync(source, 'weights')
  const sha256 = hash('sha256', 'weights')
  return {
    depot: temporaryFolder(),
    source,
    sha256,
    phase: definition({ initial: { kind: 'weights', sha256, source } }),
  }
}

it('a depot gets the file of weights that a phase starts from, and the phase stays the same', async () => {
  const { depot, source, sha256, phase } = staged()
  const kept = await keepWeights(depot, phase)
  expect(kept.initial).toEqual({ kind: 'weights', sha256, source: join(depot, 'weights', sha256) })
  expect(readFileSync(join(depot, 'weights', sha256), 'utf8')).toBe('weights')
  expect(phaseIdOf(kept)).toBe(phaseIdOf(phase))
  // Further phases, and whoever trains them, need the first file no more.
  rmSync(source)
  expect(await keepWeights(depot, phase)).toEqual(kept)
})

it('a file that is gone or another one is not kept: the training says so', async () => {
  const { depot, source, phase } = staged()
  writeFileSync(source, 'other')
  expect(await keepWeights(depot, phase)).toEqual(phase)
  rmSync(source)
  expect(await keepWeights(depot, phase)).toEqual(phase)
  expect(readdirSync(join(depot, 'weights'))).toEqual([])
})

it('a phase that starts from another phase, or from nothing, needs no file', async () => {
  const depot = temporaryFolder()
  expect(await keepWeights(depot, definition())).toEqual(definition())
  expect(existsSync(join(depot, 'weights'))).toBe(false)
})
