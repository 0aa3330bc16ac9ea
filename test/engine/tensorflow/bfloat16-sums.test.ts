import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { thisProcessor } from '../../../src/files/processor.ts'

const script = fileURLToPath(new URL('bfloat16-sums-of-process.ts', import.meta.url))

/** What a process with this setting of oneDNN answers. */
function answer(oneDnn: '0' | '1'): unknown {
  const env = { ...process.env, TF_ENABLE_ONEDNN_OPTS: oneDnn, TF_CPP_MIN_LOG_LEVEL: '3' }
  return JSON.parse(execFileSync(process.execPath, [script], { env, encoding: 'utf8' }))
}

/** TensorFlow’s rules for other architectures are others. */
describe.runIf(process.arch === 'x64')('on an x86 processor', () => {
  it('TensorFlow’s own kernels add up bfloat16 numbers in bfloat16', () => {
    expect(answer('0')).toEqual({ float32: false, handles: 0 })
  })

  it('oneDNN’s kernels add them up in float32, if the processor has the instructions for it', () => {
    const suffices = /\b(avx512f|avx_ne_convert)\b/.test(thisProcessor().info)
    expect(answer('1')).toEqual({ float32: suffices, handles: 0 })
  })
})
