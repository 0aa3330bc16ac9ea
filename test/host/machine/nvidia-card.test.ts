import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { slowBfloat16, slowOnProcessor } from '../../../src/main/host/machine/bfloat16.ts'
import { missingHardware } from '../../../src/main/host/machine/describe-engine.ts'
import { hasNvidiaHardware, nvidiaCard } from '../../../src/main/host/machine/nvidia-card.ts'
import { temporaryFolder } from '../support.ts'

/** A folder with an nvidia-smi that does this. */
function driver(script: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

function device(devices: string, name: string, [vendor, kind]: [string, string]): void {
  mkdirSync(join(devices, name))
  writeFileSync(join(devices, name, 'vendor'), `${vendor}\n`)
  writeFileSync(join(devices, name, 'class'), `${kind}\n`)
}

test.skipIf(process.platform === 'win32')('the first card that the driver reports is the one', async () => {
  const PATH = driver(
    'case "$*" in *--query-gpu=name,driver_version*) printf "Card A, 550.54.14\\nCard B, 550.54.14\\n" ;; esac',
  )
  expect(await nvidiaCard({ PATH })).toEqual({ name: 'Card A', driverVersion: '550.54.14' })
})

test.skipIf(process.platform === 'win32')('a driver that finds no card reports none', async () => {
  expect(await nvidiaCard({ PATH: driver('echo "No devices were found"; exit 6') })).toBeNull()
  expect(await nvidiaCard({ PATH: driver('echo "No devices were found"') })).toBeNull()
})

test.skipIf(process.platform === 'win32')('a card from compute capability 8 on gains by bfloat16', async () => {
  const reasonOf = (capability: string) => {
    const PATH = driver(`case "$*" in *compute_cap*) echo "${capability}" ;; esac`)
    return slowBfloat16({ environment: { PATH }, settings: { current: () => ({ gpu: true }) } } as never)
  }
  expect(await reasonOf('8.0')).toBeNull()
  expect(await reasonOf('7.5')).toBe("the card's compute capability is 7.5, and bfloat16 needs 8")
  // A driver that does not know the field.
  expect(await reasonOf('Field "compute_cap" is not a valid field to query.')).toBeNull()
})

test('a processor gains by bfloat16 with AMX or AVX512_BF16', () => {
  expect(slowOnProcessor({ info: 'flags : avx512_bf16' })).toBeNull()
  expect(slowOnProcessor({ info: 'flags : avx512f' })).toBe('the processor has neither AMX nor AVX512_BF16')
})

test('a display controller of NVIDIA is told from its sound and from other makers', async () => {
  const devices = temporaryFolder()
  device(devices, '0000:00:02.0', ['0x8086', '0x030000'])
  device(devices, '0000:01:00.1', ['0x10de', '0x040300'])
  expect(await hasNvidiaHardware(devices)).toBe(false)
  device(devices, '0000:01:00.0', ['0x10de', '0x030200'])
  expect(await hasNvidiaHardware(devices)).toBe(true)
  expect(await hasNvidiaHardware(join(devices, 'none'))).toBe(false)
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'what is missing is told in the order to be done',
  async () => {
    expect(await missingHardware({ name: 'Card', driverVersion: '550' })).toEqual([])
    expect(await missingHardware(null, async () => true)).toEqual([expect.stringContaining("NVIDIA's driver")])
    expect(await missingHardware(null, async () => false)).toEqual([expect.stringContaining('An NVIDIA card')])
  },
)
