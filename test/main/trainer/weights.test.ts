import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import type { TrainerProcess } from '../../../src/main/execution/trainer-pool/trainer-process.ts'
import { decodeWeights } from '../../../src/main/trainer/checkpoints/codec.ts'
import { describeWeightsFile, startWeights } from '../../../src/main/trainer/weights.ts'
import { readFileSync } from 'node:fs'
import { encodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import type { TrainerEventOf } from '../../../src/shared/phases/trainer-events.ts'
import { startTestTrainer } from './support/trainer.ts'
import { ofType, run, startTrial, type Trial } from './support/trial.ts'

let trial: Trial
let trainer: TrainerProcess
let folder: string
beforeAll(async () => {
  trial = await startTrial(['resnet'])
  trainer = startTestTrainer()
  folder = await mkdtemp(join(tmpdir(), 'exitlab-weights-'))
})
afterAll(async () => {
  await trainer.close()
  await trial.end()
  await rm(folder, { recursive: true })
})

/** What `exitlab export` leaves of the trained phase; without network.json where it lies alone. */
async function exported(name: string, { alone = false } = {}): Promise<string> {
  const { job, trained } = trial.undisturbed.resnet
  const path = join(folder, `${name}.safetensors`)
  await copyFile(trained.checkpoint.file, path)
  await rm(join(folder, 'network.json'), { force: true })
  if (!alone) await writeFile(join(folder, 'network.json'), JSON.stringify(job.network))
  return path
}

describe('an export of Exitlab’s', () => {
  it('is described with the exits whose heads it has, where its network lies beside it', async () => {
    const { sha256 } = trial.undisturbed.resnet.trained.checkpoint
    expect(await describeWeightsFile(await exported('whole'))).toMatchObject({
      sha256,
      exits: { exits: [0], head: 'pooled' },
    })
    expect(await describeWeightsFile(await exported('alone', { alone: true }))).toMatchObject({ sha256, exits: null })
    await writeFile(join(folder, 'network.json'), 'no JSON')
    await expect(describeWeightsFile(join(folder, 'alone.safetensors'))).rejects.toMatchObject({ code: 'data' })
  })

  it('gives a phase every value that it had, heads included, so that its first evaluation is the export’s last', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const { sha256, file } = trained.checkpoint
    const source = await exported('values')
    const network = createNetwork(job.network)
    const { weights } = await startWeights(network, { kind: 'weights', sha256, source, heads: true })
    expect(weights).toEqual({ arrays: { ...decodeWeights(job.phaseId, readFileSync(file), file) }, fresh: [] })
  })

  it('keeps its heads where another program has saved it again, without the marks of its file', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const arrays = decodeWeights(job.phaseId, readFileSync(trained.checkpoint.file), trained.checkpoint.file)
    await exported('first')
    const source = join(folder, 'again.safetensors')
    await writeFile(source, encodeSafetensors(arrays, { format: 'pt' }))
    const { sha256, exits } = await describeWeightsFile(source)
    expect(exits).toEqual({ exits: [0], head: 'pooled' })
    const network = createNetwork(job.network)
    const { weights } = await startWeights(network, { kind: 'weights', sha256, source, heads: true })
    expect(weights).toEqual({ arrays: { ...arrays }, fresh: [] })
  })

  it('has no heads to look for where another program names nothing so', async () => {
    await writeFile(join(folder, 'network.json'), 'no JSON')
    const source = join(folder, 'foreign.safetensors')
    await writeFile(source, encodeSafetensors({ 'fc.weight': { shape: [1], values: Float32Array.of(1) } }))
    expect((await describeWeightsFile(source)).exits).toBeNull()
  })

  it('starts a phase that reports what it took; without its heads where they are to be fresh', async () => {
    const { job, trained } = trial.undisturbed.resnet
    const source = await exported('start')
    const names = createNetwork(job.network).parameters.map(({ name }) => name)
    const initial = { kind: 'weights' as const, sha256: trained.checkpoint.sha256, source }
    const once = { ...job.training, epochs: 1 }
    const whole = await run(trainer, {
      ...trial.job('resnet', 'whole'),
      training: once,
      initial: { ...initial, heads: true },
    })
    expect(ofType(whole, 'started')[0]!.start).toEqual({ taken: names, fresh: [], leftOver: [] })
    const backbone = await run(trainer, { ...trial.job('resnet', 'backbone'), training: once, initial })
    const heads = names.filter((name) => name.startsWith('heads.'))
    expect(ofType(backbone, 'started')[0]!.start).toMatchObject({
      fresh: heads,
      leftOver: expect.arrayContaining(heads) as [],
    })
    const accuracies = (told: typeof whole) => ofType(told, 'epoch')[0]!.metrics
    expect(accuracies(whole)).not.toEqual(accuracies(backbone))
  })

  it.each(['separate', 'branch-wise'] as const)(
    'gives the first phase of %s the whole backbone: what that leaves alone is the file’s when a later phase trains it',
    async (regime) => {
      const { job, trained } = trial.undisturbed.resnet
      const [source, network] = [await exported(regime), createNetwork(job.network)]
      const [first, second] = phasesOf(regime, network)
      const asked = { ...job, training: { ...job.training, epochs: 1 } }
      const { end } = await run(trainer, {
        ...{ ...asked, phaseId: `${regime} 0`, phase: first!, checkpointFolder: join(folder, `${regime}-0`) },
        initial: { kind: 'weights', sha256: trained.checkpoint.sha256, source },
      })
      const { file, sha256 } = (end as TrainerEventOf<'trained'>).checkpoint
      const given = decodeWeights(job.phaseId, readFileSync(source), source)
      const left = decodeWeights(`${regime} 0`, readFileSync(file), file)
      const behind = network.parameters.filter(({ group }) => !first!.trains.includes(group))
      const ofBackbone = behind.filter(({ group }) => !group.startsWith('heads.')).map(({ name }) => name)
      expect(ofBackbone).toContain('classifier.weight')
      for (const name of ofBackbone) expect(left[name]).toEqual(given[name])
      const parent = { phaseId: `${regime} 0`, file, sha256 }
      const later = await run(trainer, {
        ...{ ...asked, phaseId: `${regime} 1`, phase: second!, checkpointFolder: join(folder, `${regime}-1`), parent },
        initial: { kind: 'phase', id: parent.phaseId, fresh: [] },
      })
      expect(later.end).toMatchObject({ type: 'trained' })
      const last = (later.end as TrainerEventOf<'trained'>).checkpoint.file
      const ended = decodeWeights(`${regime} 1`, readFileSync(last), last)
      expect(ended['classifier.weight']).not.toEqual(given['classifier.weight'])
      const frozen = network.parameters.filter(({ group }) => !second!.trains.includes(group))
      expect(frozen.length > 0).toBe(regime === 'branch-wise')
      for (const { name } of frozen) expect(ended[name]).toEqual(left[name])
    },
  )

  it('that has changed since it was planned is refused by name', async () => {
    const source = await exported('changed')
    const initial = { kind: 'weights' as const, sha256: '0'.repeat(64), source }
    const { end } = await run(trainer, { ...trial.job('resnet', 'changed'), initial })
    expect(end).toMatchObject({ type: 'failed', code: 'data' })
    expect((end as { message: string }).message).toContain(`${source} has changed since the experiment was planned`)
  })
})
