import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWeights } from '../../../src/files/weights/weight-file.ts'

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'exitlab-weights-'))))
afterAll(() => rm(folder, { recursive: true }))

const file = async (name: string, bytes: Uint8Array) => {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}
const numbers = [1.5, -2.25, 3, 0.5, 65504, -0]
const listOf = (values: Float32Array | undefined) => values && [...values]

describe.each(['state.pth', 'state.safetensors'])('%s', (name) => {
  it('is read with every type of number, floating-point ones as float32', async () => {
    const { arrays } = await readWeights(fixture(name))
    for (const type of ['float32', 'float16', 'float64', 'bfloat16']) {
      const { values, ...array } = arrays[type]!
      expect(array).toEqual({ shape: [2, 3], type })
      // A bfloat16 has 8 bits of mantissa.
      expect(listOf(values?.())).toEqual(type === 'bfloat16' ? numbers.with(4, 65536) : numbers)
    }
    expect(arrays['int64']).toEqual({ shape: [], type: 'int64', values: null })
  })

  it('is read with views, parameters, scalars and arrays of nothing', async () => {
    const { arrays } = await readWeights(fixture(name))
    const read = (array: string) => [arrays[array]!.shape, listOf(arrays[array]!.values?.())]
    expect(read('transposed')).toEqual([
      [4, 3],
      [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
    ])
    expect(read('part')).toEqual([[4], [4, 5, 6, 7]])
    expect(read('scalar')).toEqual([[], [0.125]])
    expect(read('parameter')).toEqual([[2], [1, 1]])
    expect(read('empty')).toEqual([[0, 3], []])
  })
})

it('finds the weights of a checkpoint that holds other entries', async () => {
  const { arrays, sha256 } = await readWeights(fixture('checkpoint.pth'))
  expect(Object.entries(arrays).map(([name, { shape, type }]) => [name, shape, type])).toEqual([
    ['0.weight', [3, 2], 'float32'],
    ['0.bias', [3], 'float32'],
    ['1.weight', [3], 'float32'],
    ['1.bias', [3], 'float32'],
    ['1.running_mean', [3], 'float32'],
    ['1.running_var', [3], 'float32'],
    ['1.num_batches_tracked', [], 'int64'],
  ])
  expect(sha256).toBe(execFileSync('sha256sum', [fixture('checkpoint.pth')], { encoding: 'utf8' }).slice(0, 64))
})

it.each([0x80, 0x280, 0x1780])('is not read as a pickle where its header has %i bytes', async (length) => {
  const header = JSON.stringify({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }).padEnd(length)
  const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(header), Buffer.from(Float32Array.of(1.5).buffer)])
  bytes.writeBigUInt64LE(BigInt(length))
  const { arrays } = await readWeights(await file(`header-${length}.safetensors`, bytes))
  expect(listOf(arrays['a']!.values?.())).toEqual([1.5])
})

describe('a file that is not of weights is refused by name', () => {
  const refusal = async (path: string) => {
    const error = await readWeights(path).then(
      () => null,
      (each: unknown) => each as Error,
    )
    expect(error).toMatchObject({ code: 'data', message: expect.stringContaining(path) as string })
    return error!.message.slice(`The file of weights ${path} `.length)
  }

  it('a pickle that calls code, which is not run', async () => {
    expect(await refusal(fixture('command.pth'))).toBe(
      'holds more than tensors, and nothing in it is run: it calls posix.system, which is not allowed. Save the state_dict() alone.',
    )
    expect(existsSync('/tmp/exitlab-pickle-ran')).toBe(false)
  })

  it.each([
    ['module.pth', 'it calls torch.nn.modules.container.Sequential, which is not allowed'],
    ['legacy.pth', 'has the format of PyTorch before 1.6: load it in PyTorch and save its state_dict() again.'],
    ['two.pth', 'it holds several dicts of tensors, first, second'],
    ['none.pth', 'it holds no tensors'],
  ])('%s', async (name, message) => {
    expect(await refusal(fixture(name))).toContain(message)
  })

  it('a file that was cut off', async () => {
    const whole = readFileSync(fixture('state.pth'))
    expect(await refusal(await file('cut.pth', whole.subarray(0, whole.length - 100)))).toBe(
      'is damaged: it is cut off: the table of contents at the end is missing.',
    )
    const tensors = readFileSync(fixture('state.safetensors'))
    expect(await refusal(await file('cut.safetensors', tensors.subarray(0, tensors.length - 4)))).toMatch(
      /^is neither whole safetensors nor .* lie outside the \d+ bytes of data/,
    )
    expect(await refusal(await file('nothing.pth', new Uint8Array()))).toMatch(/expected at least 8 bytes, got 0/)
  })

  it('something else: text, a zip of other things, a folder, a pipe, nothing', async () => {
    expect(await refusal(await file('text.pth', Buffer.from('these are no weights at all')))).toMatch(/^is neither/)
    const zip = Buffer.from(
      readFileSync(fixture('state.pth')).toString('latin1').replaceAll('data.pkl', 'data.txt'),
      'latin1',
    )
    expect(await refusal(await file('other.zip', zip))).toMatch(/it has no data\.pkl/)
    expect(await refusal(folder)).toBe('is a folder, not a file.')
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await refusal(pipe)).toBe('is a device or a pipe, not a file.')
    expect(await refusal(join(folder, 'missing.pth'))).toBe('does not exist.')
  })

  it('more than fits in memory, before any of it is read', async () => {
    const path = join(folder, 'large.safetensors')
    await using large = await open(path, 'w')
    await large.truncate(2 ** 43)
    expect(await refusal(path)).toMatch(/^has 8\.8 TB, more than the \d+(\.\d)? GB of memory that are free\.$/)
  })

  it('a zip archive of far more files than a network has arrays', async () => {
    const files = 100_001
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    const [end64, locator, end] = [Buffer.alloc(56), Buffer.alloc(20), Buffer.alloc(22)]
    end64.writeUInt32LE(0x06064b50)
    end64.writeBigUInt64LE(BigInt(files), 32)
    end64.writeBigUInt64LE(4n, 48)
    locator.writeUInt32LE(0x07064b50)
    locator.writeBigUInt64LE(BigInt(4 + 46 * files), 8)
    end.writeUInt32LE(0x06054b50)
    end.fill(0xff, 8, 20)
    const bytes = Buffer.concat([Buffer.from('PK\x03\x04'), ...Array(files).fill(entry), end64, locator, end])
    expect(await refusal(await file('files.pth', bytes))).toBe(
      'is damaged: it has 100001 files; expected at most 100000.',
    )
  })

  it('any damage within its first bytes, without a crash', async () => {
    for (const name of ['state.pth', 'state.safetensors']) {
      const whole = readFileSync(fixture(name))
      for (let at = 0; at < whole.length; at += 7) {
        const bytes = Uint8Array.from(whole)
        bytes[at]! ^= 0xff
        const outcome = await readWeights(await file('flipped', bytes)).then(
          ({ arrays }) => void Object.values(arrays).map(({ values }) => values?.()),
          (error: unknown) => (error as { code: unknown }).code,
        )
        expect([undefined, 'data'], `byte ${at} of ${name}`).toContain(outcome)
      }
    }
  })
})
