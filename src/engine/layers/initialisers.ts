import type { Stream } from '../random.ts'

/** Fresh values of an array of `length` entries. */
export type Initialiser = (length: number, source: Stream) => Float32Array

export const zeros: Initialiser = (length) => new Float32Array(length)

export const ones: Initialiser = (length) => new Float32Array(length).fill(1)

/** U(low, high). */
export function uniform(low: number, high: number): Initialiser {
  return (length, source) => filled(length, () => low + (high - low) * source.uniform())
}

/** N(0, deviation²). */
export function normal(deviation: number): Initialiser {
  return (length, source) => filled(length, () => deviation * source.normal())
}

/** N(0, deviation²), redrawn outside [−2, 2]: the cut is absolute, as PyTorch's `trunc_normal_` has it by default. */
export function truncatedNormal(deviation: number): Initialiser {
  const draw = (source: Stream): number => {
    for (;;) {
      const value = deviation * source.normal()
      if (Math.abs(value) <= 2) return value
    }
  }
  return (length, source) => filled(length, () => draw(source))
}

/** PyTorch's default of convolutions and linear layers, weight and bias alike: U(±1/√fanIn), Kaiming-uniform with a = √5 (He 2015). */
export function fanInUniform(fanIn: number): Initialiser {
  const bound = 1 / Math.sqrt(fanIn)
  return uniform(-bound, bound)
}

/** U(±√(6/(fanIn + fanOut))) (Glorot and Bengio 2010). */
export function xavierUniform(fanIn: number, fanOut: number): Initialiser {
  const bound = Math.sqrt(6 / (fanIn + fanOut))
  return uniform(-bound, bound)
}

function filled(length: number, draw: () => number): Float32Array {
  const values = new Float32Array(length)
  for (let i = 0; i < length; i++) values[i] = draw()
  return values
}
