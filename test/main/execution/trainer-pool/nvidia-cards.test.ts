import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { slowBfloat16, slowOnProcessor } from '../../../../src/main/host/workspace/machine/bfloat16.ts'
import { missingHardware, hasNvidiaHardware } from '../../../../src/main/host/workspace/machine/describe-engine.ts'
import { listCards } from '../../../../src/main/execution/trainer-pool/nvidia-cards.ts'
import { fakeDriver, fakeDriverScript } from '../../../support/fake-driver.ts'
import { temporaryFolder } from '../../host/support.ts'

function device(devices: string, name: string, [vendor, kind]: [string, string]): void {
  mkdirSync(join(devices, name))
  writeFileSync(join(devices, name, 'vendor'), `${vendor}\n`)
  writeFileSync(join(devices, name, 'class'), `${kind}\n`)
}

const two = {
  first: '0, GPU-1a2b, 40960, 550.54.14, 8.0, NVIDIA A100-SXM4-40GB',
  second: '1, GPU-3c4d, 15360, 550.54.14, 7.5, Tesla T4',
}
const [first, second] = [
  {
    index: 0,
    id: 'GPU-1a2b',
    name: 'NVIDIA A100-SXM4-40GB',
    memoryBytes: 40960 * 2 ** 20,
    computeCapability: 8,
    driverVersion: '550.54.14',
  },
  {
    index: 1,
    id: 'GPU-3c4d',
    name: 'Tesla T4',
    memoryBytes: 15360 * 2 ** 20,
    computeCapability: 7.5,
    driverVersion: '550.54.14',
  },
]

describe.skipIf(process.platform === 'win32')('the cards that training may use', () => {
  it('are all that the driver lists', async () => {
    expect(await listCards(fakeDriver(Object.values(two)))).toEqual({ cards: [first, second], reason: null })
  })

  it('are known without the properties that the driver does not report', async () => {
    const old = fakeDriverScript(
      'case "$*" in *compute_cap*) echo "Field \\"compute_cap\\" is not a valid field to query."; exit 2 ;; esac\n' +
        'echo "0, GPU-1a2b, [N/A], 470.82, Tesla K80"',
    )
    const unknown = { memoryBytes: null, computeCapability: null }
    const card = { index: 0, id: 'GPU-1a2b', name: 'Tesla K80', driverVersion: '470.82', ...unknown }
    expect(await listCards(old)).toEqual({ cards: [card], reason: null })
    const partly = fakeDriver(['0, GPU-1a2b, [N/A], 580.95, [N/A], NVIDIA GB10, shared'])
    expect((await listCards(partly)).cards).toEqual([{ ...card, driverVersion: '580.95', name: 'NVIDIA GB10, shared' }])
  })

  it('leave out one that does not answer', async () => {
    const broken = fakeDriverScript(`echo "Unable to determine the device handle for GPU0: Unknown Error"
echo "${two.second}"; exit 15`)
    expect((await listCards(broken)).cards).toEqual([second])
  })

  it('are none where there is no driver or no card, and the reason says which', async () => {
    expect(await listCards({ PATH: temporaryFolder() })).toEqual({
      cards: [],
      reason: 'nvidia-smi, which comes with NVIDIA’s driver, was not found',
    })
    const none = fakeDriverScript('echo "No devices were found"; exit 6')
    expect(await listCards(none)).toEqual({ cards: [], reason: 'nvidia-smi says “No devices were found”' })
  })

  it.each([
    ['1', [{ ...second, index: 0 }]],
    [
      '1,0',
      [
        { ...second, index: 0 },
        { ...first, index: 1 },
      ],
    ],
    ['GPU-3c', [{ ...second, index: 0 }]],
    ['0,7,1', [first]],
    ['0,7,0', [first]],
    ['0,GPU-', [first]],
  ])('are those of CUDA_VISIBLE_DEVICES=%s, in its order', async (visible, cards) => {
    const environment = { ...fakeDriver(Object.values(two)), CUDA_VISIBLE_DEVICES: visible }
    expect(await listCards(environment)).toEqual({ cards, reason: null })
  })

  it.each(['', '-1', 'NoDevFiles'])('are none where CUDA_VISIBLE_DEVICES is “%s”', async (visible) => {
    const environment = { ...fakeDriver(Object.values(two)), CUDA_VISIBLE_DEVICES: visible }
    expect(await listCards(environment)).toEqual({ cards: [], reason: `CUDA_VISIBLE_DEVICES=${visible} names no card` })
  })

  it.each(['0,0', '1,0,1', '0,GPU-1a'])(
    'are none where CUDA_VISIBLE_DEVICES names a card twice, as in %s: CUDA then shows none',
    async (visible) => {
      const environment = { ...fakeDriver(Object.values(two)), CUDA_VISIBLE_DEVICES: visible }
      const reason = `CUDA_VISIBLE_DEVICES=${visible} names a card twice, and CUDA then shows none`
      expect(await listCards(environment)).toEqual({ cards: [], reason })
    },
  )

  it('are taken as CUDA_VISIBLE_DEVICES names them where the driver cannot be asked, and parts of cards always', async () => {
    const names = async (environment: Record<string, string>) =>
      (await listCards(environment)).cards.map(({ index, id }) => [index, id])
    expect(await names({ PATH: temporaryFolder(), CUDA_VISIBLE_DEVICES: '2' })).toEqual([[0, '2']])
    const parts = { ...fakeDriver([two.first]), CUDA_VISIBLE_DEVICES: 'MIG-5e,0' }
    expect(await names(parts)).toEqual([
      [0, 'MIG-5e'],
      [1, 'GPU-1a2b'],
    ])
  })
})

test.skipIf(process.platform === 'win32')(
  'a card has an advantage by bfloat16 from compute capability 8 on',
  async () => {
    const reasonOf = (lines: string[]) =>
      slowBfloat16({
        environment: fakeDriver(lines),
        settings: { current: () => ({ device: 'cuda' }) },
        about: { executor: 'local' },
      } as never)
    expect(await reasonOf([two.first])).toBeNull()
    expect(await reasonOf([two.second])).toBe('Tesla T4 has compute capability 7.5, and bfloat16 needs 8.0')
    expect(await reasonOf([two.first.replace('8.0', '[N/A]')])).toBeNull()
  },
)

test('a processor has an advantage by bfloat16 with AMX or AVX512_BF16', () => {
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
    expect(await missingHardware({ cards: [first!], reason: null })).toEqual([])
    const none = { cards: [], reason: 'nvidia-smi was not found' }
    expect(await missingHardware(none, async () => true)).toEqual([expect.stringContaining("NVIDIA's driver")])
    expect(await missingHardware(none, async () => false)).toEqual([expect.stringContaining('An NVIDIA card')])
  },
)
