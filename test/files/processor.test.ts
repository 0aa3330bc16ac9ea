import { expect, test } from 'vitest'
import { fastBfloat16, thisProcessor } from '../../src/files/processor.ts'

const withFlags = (flags: string) => fastBfloat16({ info: `processor : 0\nflags\t\t: fpu avx512f ${flags}\n` })

test('bfloat16 is fast by AMX, else by AVX512_BF16, else by nothing', () => {
  expect(withFlags('avx512_bf16 amx_tile amx_bf16')).toBe('AMX')
  expect(withFlags('avx512_bf16')).toBe('AVX512_BF16')
  expect(withFlags('avx512_vnni')).toBeNull()
  expect(fastBfloat16({ info: '' })).toBeNull()
})

test('this machine has a processor with a name', () => {
  expect(thisProcessor().name).not.toBe('')
})
