interface GridSizes {
  /** Sides of the square grids. */
  from: number
  to: number
  channels: number
}

/**
 * Values [from, from, channels] on a grid of `to` × `to`, by bicubic convolution (Keys 1981, a = −0.75) with the corners of both
 * grids on each other and the border repeated: PyTorch's `interpolate(mode='bicubic', align_corners=True)`.
 */
export function resampledGrid(values: Float32Array, { from, to, channels }: GridSizes): Float32Array {
  const rows = resampledRows(values, { from, to, width: from * channels })
  const columns = Array.from({ length: to }, (_, row) => {
    const line = rows.subarray(row * from * channels, (row + 1) * from * channels)
    return resampledRows(line, { from, to, width: channels })
  })
  const result = new Float32Array(to * to * channels)
  for (const [row, line] of columns.entries()) result.set(line, row * to * channels)
  return result
}

/** [from, width] → [to, width]. */
function resampledRows(values: Float32Array, { from, to, width }: { from: number; to: number; width: number }) {
  const result = new Float32Array(to * width)
  for (let row = 0; row < to; row++) {
    const position = to > 1 ? (row * (from - 1)) / (to - 1) : 0
    const first = Math.floor(position)
    for (const [tap, weight] of cubicWeights(position - first).entries()) {
      const at = Math.min(Math.max(first + tap - 1, 0), from - 1) * width
      for (let i = 0; i < width; i++) result[row * width + i]! += weight * values[at + i]!
    }
  }
  return result
}

const a = -0.75

/** Weights of the four values around a position that lies `t` behind the second of them. */
function cubicWeights(t: number): number[] {
  const near = (x: number) => ((a + 2) * x - (a + 3)) * x * x + 1
  const far = (x: number) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
  return [far(t + 1), near(t), near(1 - t), far(2 - t)]
}
