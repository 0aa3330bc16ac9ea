/**
 * Randomness as a tree of named streams. A stream is a function of a seed and a path of names alone, so a resumed
 * phase draws exactly what the uninterrupted one would: `stream(seed, phase, 'shuffle', epoch)`.
 */
export interface Stream {
  /** Uniform 32-bit unsigned integer. */
  next(): number
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number
  /** Standard normal (Box–Muller, one of the pair). */
  normal(): number
  /** Uniform integer in [0, bound). */
  integer(bound: number): number
}

/** Opens the stream at `path` below `seed` (sfc32, seeded by a hash of the path). */
export function stream(seed: number, ...path: (string | number)[]): Stream {
  const next = sfc32(hash([seed, ...path].join('/')))
  const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992
  return {
    next,
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (bound) => Math.floor(uniform() * bound),
  }
}

/** A random order of 0 … length − 1 (Fisher–Yates). */
export function permutation(length: number, source: Stream): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = source.integer(i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  return order
}

/** A sample of Beta(alpha, alpha): the ratio of two Gamma(alpha) samples (Marsaglia and Tsang 2000). */
export function symmetricBeta(alpha: number, source: Stream): number {
  const first = gamma(alpha, source)
  const second = gamma(alpha, source)
  return first + second === 0 ? source.integer(2) : first / (first + second)
}

function gamma(shape: number, source: Stream): number {
  if (shape < 1) return gamma(shape + 1, source) * Math.pow(1 - source.uniform(), 1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = source.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - source.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Four 32-bit words out of a string: FNV-1a with four bases, each finalised by murmur3's mixer. */
function hash(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  for (let i = 0; i < text.length; i++) {
    for (let w = 0; w < 4; w++) words[w] = Math.imul(words[w]! ^ text.charCodeAt(i), 0x01000193)
  }
  return words.map(mix) as [number, number, number, number]
}

function mix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
  return (word ^ (word >>> 16)) >>> 0
}

function sfc32([a, b, c, counter]: [number, number, number, number]): () => number {
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + result) | 0
    return result >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}
