import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bringJob, phaseIdOf, readJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { keepWeights, withKeptWeights } from '../../../../src/main/execution/depot/keep-weights.ts'
import { mergeDepots } from '../../../../src/main/execution/depot/merge.ts'
import { verifyDepot } from '../../../../src/main/execution/depot/verify.ts'
import { temporaryFolder } from '../../host/support.ts'
import { definition, jobOf } from './support.ts'

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
  await keepWeights(depot, phase)
  const kept = withKeptWeights(depot, phase)
  expect(kept.initial).toEqual({ kind: 'weights', sha256, source: join(depot, 'weights', sha256) })
  expect(readFileSync(join(depot, 'weights', sha256), 'utf8')).toBe('weights')
  expect(phaseIdOf(kept)).toBe(phaseIdOf(phase))
  expect(await verifyDepot(depot)).toEqual({ phases: 0, faults: [] })
  const { ino } = statSync(join(depot, 'weights', sha256))
  await keepWeights(depot, phase)
  expect(statSync(join(depot, 'weights', sha256)).ino).toBe(ino)
  // Further phases, and whoever trains them, need the first file no more.
  rmSync(source)
  await keepWeights(depot, phase)
  expect(withKeptWeights(depot, phase)).toEqual(kept)
})

it('a file that is gone or another one is not kept: the training says so', async () => {
  const { depot, source, phase } = staged()
  writeFileSync(source, 'other')
  await keepWeights(depot, phase)
  rmSync(source)
  await keepWeights(depot, phase)
  expect(withKeptWeights(depot, phase)).toEqual(phase)
  expect(readdirSync(join(depot, 'weights'))).toEqual([])
})

it('a phase that starts from another phase, or from nothing, needs no file', async () => {
  const depot = temporaryFolder()
  await keepWeights(depot, definition())
  expect(withKeptWeights(depot, definition())).toEqual(definition())
  expect(existsSync(join(depot, 'weights'))).toBe(false)
})

it('a depot that others are merged into trains from their files of weights, when they and the first file are gone', async () => {
  const { depot, source, sha256, phase } = staged()
  const id = phaseIdOf(phase)
  await bringJob(depot, id, { ...jobOf(), definition: phase })
  const target = temporaryFolder()
  expect(await mergeDepots(target, [depot])).toMatchObject({ copied: 1, left: [] })
  for (const gone of [depot, source]) rmSync(gone, { recursive: true })
  const { definition: merged } = await readJob(target, id)
  expect(merged.initial).toEqual({ kind: 'weights', sha256, source: join(target, 'weights', sha256) })
  expect(readFileSync(join(target, 'weights', sha256), 'utf8')).toBe('weights')
})

it('a damaged file of weights is not copied into another depot; merging and verifying name it', async () => {
  const { depot, sha256, phase } = staged()
  await keepWeights(depot, phase)
  const kept = join(depot, 'weights', sha256)
  writeFileSync(kept, 'other')
  const target = temporaryFolder()
  expect((await mergeDepots(target, [depot])).left).toEqual([`${kept} is damaged and not copied`])
  expect(existsSync(join(target, 'weights', sha256))).toBe(false)
  expect(await verifyDepot(depot)).toMatchObject({ faults: [`${kept} is damaged`] })
})

it('files that are being brought, or are gone before they are looked at, are no weights', async () => {
  const { depot, sha256, phase } = staged()
  await keepWeights(depot, phase)
  for (const name of [`${sha256}.partial`, `0${sha256}`]) writeFileSync(join(depot, 'weights', name), 'half')
  symlinkSync('nowhere', join(depot, 'weights', 'link'))
  expect(await verifyDepot(depot)).toEqual({ phases: 0, faults: [] })
  const target = temporaryFolder()
  expect((await mergeDepots(target, [depot])).left).toEqual([])
  expect(readdirSync(join(target, 'weights'))).toEqual([sha256])
})
