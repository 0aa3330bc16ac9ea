import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillDisk, mountSmallDisk } from '../../support/small-disk.ts'
import { startTestTrainer } from './support/trainer.ts'
import type { Trial } from './support/trial.ts'
import { ofType, run, runAlone, startTrial } from './support/trial.ts'

let trial: Trial
beforeAll(async () => {
  trial = await startTrial(['resnet'])
})
afterAll(() => trial.end())

describe('a disk that is full', () => {
  it.each(['\\.safetensors\\.partial$', '\\.manifest\\.json\\.partial$'])(
    'while %s is written ends the job with a clear refusal; nothing half-written stays, nothing is lost',
    async (file) => {
      const job = trial.job('resnet', `full-${file.length}`)
      const fault = { action: 'full disk', point: 'half written', file, after: 2 } as const
      const told = await runAlone(job, undefined, fault)
      expect(told.end).toMatchObject({ type: 'failed', code: 'disk' })
      expect(told.end).toHaveProperty('message', expect.stringMatching(/epoch-00003.*the disk is full.*then try again/))
      const names = (await readdir(job.checkpointFolder)).filter((name) => name.includes('partial'))
      expect(names).toEqual([])
      const resumed = await runAlone(job)
      expect(ofType(resumed, 'started')[0]!.epoch).toBe(2)
      trial.expectSame(resumed, job)
    },
  )

  it('is reported on a real small disk, and training continues in the same trainer once there is space', async ({
    skip,
  }) => {
    const small = await mkdtemp(join(trial.root, 'small-disk-'))
    skip(!mountSmallDisk(small), 'this process may not mount a small disk')
    try {
      await fillAndFree(small)
    } finally {
      execFileSync('umount', [small])
    }
  })

  async function fillAndFree(small: string): Promise<void> {
    const job = { ...trial.job('resnet', 'unused'), checkpointFolder: join(small, 'phase') }
    const filler = join(small, 'filler')
    const trainer = startTestTrainer()
    const told = await run(trainer, job, (event) => {
      if (event.type === 'checkpoint' && event.epoch === 1) fillDisk(filler)
    })
    expect(told.end).toMatchObject({ type: 'failed', code: 'disk' })
    expect((await readdir(job.checkpointFolder)).filter((name) => name.includes('partial'))).toEqual([])
    rmSync(filler)
    const resumed = await run(trainer, job)
    expect(ofType(resumed, 'started')[0]!.epoch).toBeGreaterThanOrEqual(1)
    trial.expectSame(resumed, job)
    await trainer.close()
  }
})
