import { cp, readFile, truncate, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestTrainer } from './support/trainer.ts'
import type { Trial } from './support/trial.ts'
import { ofType, run, runAlone, startTrial } from './support/trial.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial(['resnet', 'backbone', 'vit'])
})
afterAll(() => trial.end())

async function alter(file: string): Promise<void> {
  const bytes = await readFile(file)
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(file, bytes)
}

describe('a checkpoint that was damaged after the trainer died', () => {
  const damages: [string, (file: string) => Promise<void>][] = [
    ['truncated', (file) => truncate(file, 1000)],
    ['altered', alter],
    ['given an altered manifest', (file) => alter(`${file}.manifest.json`)],
  ]

  it.each(damages)('and %s is refused by name; the one before is used, to the same end', async (damage, harm) => {
    const job = trial.job('resnet', damage.replaceAll(' ', '-'))
    const killed = await runAlone(job, (event, trainer) => {
      if (event.type === 'checkpoint' && event.epoch === 2) trainer.kill()
    })
    const newest = ofType(killed, 'checkpoint').at(-1)!
    await harm(newest.file)
    const told = await runAlone(job)
    const warnings = ofType(told, 'log')
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({ level: 'warning', message: expect.stringContaining(newest.file) })
    expect(ofType(told, 'started')[0]!.epoch).toBe(newest.epoch - 1)
    trial.expectSame(told, job)
  })
})

describe('final weights', () => {
  it('that are damaged are refused by name, with a code that has them trained again', async () => {
    const trainer = startTestTrainer()
    const { checkpoint } = trial.undisturbed.backbone.trained
    const sound = await readFile(checkpoint.file)
    const job = trial.job('vit', 'orphan')
    await alter(checkpoint.file)
    const told = await run(trainer, job)
    expect(told.end).toMatchObject({
      type: 'failed',
      code: 'checkpoint-damaged',
      message: expect.stringContaining(checkpoint.file),
    })
    expect(ofType(told, 'started')).toEqual([])
    await writeFile(checkpoint.file, sound)
    trial.expectSame(await run(trainer, job), job)
    await trainer.close()
  })

  it('of another phase are named and set aside, and nothing starts from them', async () => {
    const { job: other } = trial.undisturbed.backbone
    const job = trial.job('resnet', 'misplaced')
    await cp(other.checkpointFolder, job.checkpointFolder, { recursive: true })
    const told = await runAlone(job)
    expect(ofType(told, 'log').map(({ message }) => message)).toEqual([
      expect.stringMatching(/misplaced.*final\.safetensors belongs to another phase, backbone/),
    ])
    trial.expectSame(told, job)
    const vit = trial.job('vit', 'of-another-parent')
    const { end } = await runAlone({ ...vit, parent: { ...vit.parent!, phaseId: 'resnet' } })
    expect(end).toMatchObject({ type: 'failed', code: 'checkpoint-damaged' })
    expect(end).toHaveProperty('message', expect.stringContaining('belongs to another phase, backbone'))
  })

  it('that are damaged are trained again by their own phase, to the same bits', async () => {
    const { job, trained } = trial.undisturbed.backbone
    await alter(trained.checkpoint.file)
    const told = await runAlone(job)
    expect(ofType(told, 'log')[0]!.message).toContain(trained.checkpoint.file)
    trial.expectSame(told, job)
  })
})
