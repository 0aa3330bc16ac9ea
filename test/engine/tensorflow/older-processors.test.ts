import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('filter-gradient.ts', import.meta.url))

it('with AVX2 alone, a 1 × 1 filter that strides over 4 channels gets its gradient', () => {
  const image = (place: number) => ((place * 5) % 7) - 3
  const gradient = (place: number) => ((place * 3) % 11) - 5
  // Σ over images, rows and columns of the output: x[n, 2·row, 2·column, channel] · dy[n, row, column, filter].
  const expected = Array.from({ length: 4 * 8 }, (_, entry) => {
    const [channel, filter] = [entry >> 3, entry & 7]
    let sum = 0
    for (let cell = 0; cell < 64 * 16 * 16; cell++) {
      const [n, row, column] = [cell >> 8, (cell >> 4) & 15, cell & 15]
      sum += image(((n * 32 + 2 * row) * 32 + 2 * column) * 4 + channel) * gradient(cell * 8 + filter)
    }
    return sum
  })
  const env = { ...process.env, ONEDNN_MAX_CPU_ISA: 'AVX2', TF_CPP_MIN_LOG_LEVEL: '2' }
  const told = execFileSync(process.execPath, [script], { env, encoding: 'utf8' })
  expect(JSON.parse(told)).toEqual(expected)
}, 60_000)
