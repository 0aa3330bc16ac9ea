import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it, test } from 'vitest'
import { prepareImports } from '../../../../../../src/main/host/imports/readers/prepare-imports.ts'
import { expected, fixture, read, refusal, temporaryFile } from '../support.ts'

const run = (name: string) => fixture(`public-code/runs/${name}`)
const { backbone, mixed, pbee } = expected.publicCode

describe('a result folder', () => {
  it('gives exits, costs, the curve, the seed and the regime, beside the backbone that it was built on', async () => {
    const { format, results } = await read(run('tinyset_sdn_MIXED001_2'))
    expect(format).toBe('public-code')
    const [{ content, ...result }] = results as [(typeof results)[0]]
    expect(result).toMatchObject({ name: 'tinyset_sdn_MIXED001', regime: 'mixed', seed: 2 })
    const { costs, exits, scores, macs } = mixed[1]!
    expect(content).toMatchObject({ split: 'test', rule: 'confidence', backboneMacs: backbone })
    expect(content.exits).toEqual(exits.map((value, k) => ({ name: ['0', '1', 'final'][k], cost: costs[k], value })))
    expect(content.curve!.map(({ value }) => value)).toEqual(scores)
    expect(content.curve!.map(({ cost }) => cost)).toEqual(macs)
    expect(content.curve![99]!.threshold).toBe(1)
  })

  it('of a folder of many gives all with exits, with the regimes that their settings make', async () => {
    const { results } = await read(fixture('public-code/runs'))
    expect(results.map(({ name, seed, regime }) => `${name} ${seed} ${regime}`)).toEqual([
      'tinyset_pbee_PATIE001 1 mixed',
      'tinyset_sdn_DISJO001 1 disjoint',
      'tinyset_sdn_JOINT001 1 joint',
      'tinyset_sdn_MIXED001 1 mixed',
      'tinyset_sdn_MIXED001 2 mixed',
    ])
  })

  it('has no regime where its heads were trained on a backbone that was not', async () => {
    const runs = join(dirname(temporaryFile('x', '')), 'runs')
    const place = (from: string, to: string) => {
      mkdirSync(join(runs, to), { recursive: true })
      copyFileSync(run(`${from}/final.pth`), join(runs, to, 'final.pth'))
    }
    place('tinyset_sdn_DISJO001_1', 'tinyset_sdn_DISJO001_1')
    place('tinyset_tiny_BASE0000_1', 'tinyset_tiny_BASE0001_1')
    expect((await read(join(runs, 'tinyset_sdn_DISJO001_1'))).results[0]!.regime).toBeNull()
  })

  it('of PBEE has one point for each patience', async () => {
    const { results } = await read(run('tinyset_pbee_PATIE001_1'))
    const { rule, curve } = results[0]!.content
    expect(rule).toBe('patience')
    expect(curve).toEqual(pbee.scores.map((value, threshold) => ({ threshold, value, cost: pbee.macs[threshold] })))
  })

  it('may have NumPy numbers and tensors in the place of lists, and settings that are a dict', async () => {
    const { results } = await read(fixture('public-code/numpy'), { backboneMacs: 1000 })
    const [{ seed, regime, content }] = results as [(typeof results)[0]]
    expect([seed, regime]).toEqual([3, 'disjoint'])
    expect(content.exits.map(({ cost, value }) => [cost, value])).toEqual([[300, 0.25], [600, 0.5], [1000, 0.75]]) // prettier-ignore
    expect(content.curve!.map(({ cost, value }) => [cost, value])).toEqual([[300, 0.25], [450, 0.5], [700, 0.625], [1000, 0.75]]) // prettier-ignore
    expect(content.curve![1]!.threshold).toBeCloseTo(1 / 3, 7)
  })

  it('without its backbone asks for it, or for the multiply-adds', async () => {
    const path = fixture('public-code/alone')
    const { message } = await refusal(path)
    expect(message).toContain('The results of its backbone, tinyset_tiny_GONE0001_4, are not beside it')
    const { results } = await read(path, { backboneMacs: backbone })
    expect(results[0]).toMatchObject({ regime: null, seed: 4, content: { backboneMacs: backbone } })
  })
})

describe('a file that is not as the public code writes it', () => {
  it('is refused before anything in it is run', async () => {
    const { code, message } = await refusal(fixture('public-code/hostile'))
    expect(code).toBe('data')
    expect(message).toContain('nothing in it is run: it calls posix.system, which is not allowed')
    expect(existsSync('/tmp/exitlab-import-ran')).toBe(false)
  })

  it('is refused with the keys that it has', async () => {
    const { message } = await refusal(fixture('public-code/other'))
    expect(message).toContain('expected head_scores and head_flops')
    expect(message).toContain('holds accuracy, epoch')
    expect((await refusal(run('tinyset_tiny_BASE0001_1'))).message).toContain('final_score')
  })

  it('is refused where it is damaged or no file of PyTorch', async () => {
    expect((await refusal(temporaryFile('final.pth', 'text'))).message).toContain('is a bare pickle')
    const legacy = fixture('../../../../../files/weights/fixtures/legacy.pth')
    expect((await refusal(legacy)).message).toContain('before 1.6')
  })
})

describe('a hostile pickle is refused', () => {
  const pickle = (...parts: (string | Uint8Array)[]) =>
    temporaryFile('final.pth', zipSync({ 'a/data.pkl': Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1'))) }, { level: 0 })) // prettier-ignore

  it('that is larger than any settings', async () => {
    const { code, message } = await refusal(pickle('\x80\x02', '}'.repeat(3_000_000), '.'))
    expect([code, message]).toEqual(['data', expect.stringContaining('has a pickle of 3000003 bytes, more than the maximum of 2 MiB')]) // prettier-ignore
  })

  it('that has one text encoded again and again', async () => {
    const text = Buffer.alloc(2 ** 20, 'x')
    const length = Buffer.alloc(4)
    length.writeInt32LE(text.length)
    const calls = 'h\0h\x01\x85R'.repeat(100)
    const { message } = await refusal(pickle('\x80\x02c_codecs\nencode\nq\0X', length, text, 'q\x01', calls, '.'))
    expect(message).toContain('it uses the same values again and again')
  })

  it('that has keys without end, of which some are named', async () => {
    const keys = Array.from({ length: 5000 }, (_, key) => `X\x05\0\0\0k${1000 + key}N`)
    const { message } = await refusal(pickle('\x80\x02}(', ...keys, 'u.'))
    expect(message).toContain('holds k1000, k1001')
    expect(message).toContain('k1009 and 4,990 more')
    expect(message).not.toContain('k1010')
  })
})

test('a seed that is none is refused, and another can be given', async () => {
  const text = (each: string) => `X${String.fromCharCode(each.length)}\0\0\0${each}`
  const numbers = (...each: number[]) => `](${each.map((number) => `K${String.fromCharCode(number)}`).join('')}e`
  const content = `}(${text('head_scores')}${numbers(0, 1)}${text('head_flops')}${numbers(50, 100)}${text('args')}}${text('exp_id')}J\xff\xff\xff\xffsu.`
  const path = temporaryFile('final.pth', zipSync({ 'a/data.pkl': Buffer.from(`\x80\x02${content}`, 'latin1') }, { level: 0 })) // prettier-ignore
  const work = { paths: [path], map: {}, logged: 'last' as const, experiment: null, backboneMacs: 100 }
  const prepare = (seeds?: number[]) => prepareImports({ ...work, ...(seeds && { seeds }) }, () => {})
  await expect(prepare()).rejects.toThrow(`${path} has -1 as its seed; expected a whole number of at least 0. Give it a seed.`) // prettier-ignore
  expect((await prepare([3])).results[0]!.seed).toBe(3)
})

test('the path of a backbone cannot lead out of the folder of the results', async () => {
  // As the settings are read, “../x” is no name of an experiment.
  const path = temporaryFile('x', '')
  const folder = join(dirname(path), 'runs', 'tinyset_sdn_MIXED001_1')
  mkdirSync(folder, { recursive: true })
  copyFileSync(run('tinyset_sdn_MIXED001_1/final.pth'), join(folder, 'final.pth'))
  expect((await refusal(folder)).message).toContain('tinyset_tiny_BASE0001_1, are not beside it')
})
