/**
 * The Philox 4×32-10 counter-based generator (Salmon 2011) as TensorFlow's stateless operations seed and read it. Uniform float32 in
 * [0, 1), with 23 random bits.
 */
export function philoxUniform(size: number, seed: Int32Array): Float32Array {
  const { key, counter } = scramble(seed)
  const result = new Float32Array(size)
  for (let i = 0; i < size; i += 4) {
    const block = philox(counter, key)
    for (let j = 0; j < 4 && i + j < size; j++) result[i + j] = (block[j]! & 0x7fffff) / 0x800000
    increment(counter)
  }
  return result
}

/** Mixes both words of the seed into key and counter, so that it does not matter which of them varies. */
function scramble(seed: Int32Array): { key: Uint32Array; counter: Uint32Array } {
  const [first, second] = seed as unknown as [number, number]
  const words = Uint32Array.of(first, first < 0 ? -1 : 0, second, second < 0 ? -1 : 0)
  const mix = philox(words, Uint32Array.of(0x3ec8f720, 0x02461e29))
  return { key: mix.slice(0, 2), counter: Uint32Array.of(0, 0, mix[2]!, mix[3]!) }
}

function philox(counter: Uint32Array, key: Uint32Array): Uint32Array {
  let [c0, c1, c2, c3] = counter as unknown as [number, number, number, number]
  let [k0, k1] = key as unknown as [number, number]
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0)
    const low0 = Math.imul(0xd2511f53, c0)
    const high1 = multiplyHigh(0xcd9e8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2)
    ;[c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1 >>> 0, (high0 ^ c3 ^ k1) >>> 0, low0 >>> 0]
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }
  return Uint32Array.of(c0, c1, c2, c3)
}

const multiplyHigh = (a: number, b: number) => Number((BigInt(a) * BigInt(b)) >> 32n)

function increment(counter: Uint32Array): void {
  for (let i = 0; i < 4; i++) {
    counter[i]!++
    if (counter[i] !== 0) return
  }
}
