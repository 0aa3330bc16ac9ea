import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { EpochPlace } from '../../scripts/bench/epoch.ts'
import { measureScript } from '../../scripts/bench/measure.ts'
import { cardMemoryMb } from '../../scripts/check-gpu/card-memory.ts'
import type { EpochRate } from '../../scripts/check-gpu/compare-speeds.ts'
import { measureTorch, whyNoTorch } from '../../scripts/check-gpu/torch.ts'
import { temporaryFolder } from '../main/host/support.ts'
import { fakeDriverScript } from '../support/fake-driver.ts'
import { pythonWith } from '../support/python.ts'

const torch = pythonWith('torch')

test.skipIf(process.platform === 'win32')('memory of the card is what nvidia-smi says of this process', () => {
  vi.stubEnv('PATH', fakeDriverScript('echo "1, 77"; echo "$PPID, 1000"').PATH)
  expect(cardMemoryMb()).toBe(1049)
  vi.stubEnv('PATH', fakeDriverScript('echo "1, 77"').PATH)
  expect(cardMemoryMb()).toBeNull()
  vi.stubEnv('PATH', fakeDriverScript('echo "$PPID, [N/A]"').PATH)
  expect(cardMemoryMb()).toBeNull()
  vi.stubEnv('PATH', temporaryFolder())
  expect(cardMemoryMb()).toBeNull()
  vi.unstubAllEnvs()
})

test.skipIf(process.platform === 'win32')(
  'a Python without PyTorch, or whose PyTorch finds no card, is named',
  async () => {
    const python = (script: string) => {
      const file = join(temporaryFolder(), 'python')
      writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      return file
    }
    expect(await whyNoTorch('/no/python', process.env)).toContain('/no/python has no PyTorch (spawn /no/python ENOENT)')
    const bare = python(`echo "ModuleNotFoundError: No module named 'torch'" >&2; exit 1`)
    expect(await whyNoTorch(bare, process.env)).toContain(`(ModuleNotFoundError: No module named 'torch')`)
    expect(await whyNoTorch(python('echo 2.9.0 False'), process.env)).toContain('PyTorch 2.9.0 of')
    expect(await whyNoTorch(python('echo 2.9.0+cu129 True'), process.env)).toBeNull()
  },
)

test.skipIf(torch.python === null)('PyTorch’s program takes batches of the size asked for', async () => {
  const question = { name: 'vit', batchSize: 2, precision: 'bfloat16', mode: 'eager' } as const
  const steps = await measureTorch(question, { python: torch.python!, device: 'cpu' })
  expect(steps).toMatchObject({ case: 'vit', batch: 2, engine: expect.stringContaining('bfloat16 eager') as string })
  expect(steps.msPerStep).toBeGreaterThan(0)
})

test('an epoch is compared with steps that were timed before it', async () => {
  const place: EpochPlace = {
    card: null,
    algorithms: 'fast',
    batchSize: 32,
    secondsPerStep: 0.25,
    epochSeconds: 1,
  }
  const args = ['resnet20', '2', 'float32', JSON.stringify(place)]
  const rate = await measureScript<EpochRate>('epoch.ts', args)
  expect(rate).toMatchObject({ batch: 32, stepImagesPerSecond: 128 })
  expect(rate.shareOfStep).toBeCloseTo(rate.imagesPerSecond / 128, 2)
})

test('a measurement stops when its signal is aborted', async () => {
  const ended = measureScript('epoch.ts', ['resnet20', '2', 'float32'], { signal: AbortSignal.abort() })
  await expect(ended).rejects.toThrow('aborted')
})
