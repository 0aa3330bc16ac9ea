import { fixed, scaled } from '../../shared/format/numbers.ts'
export { bytes, count, fixed, plural } from '../../shared/format/numbers.ts'

/** What stands where there is no value. */
export const none = '–'

/** A fraction in per cent, without the sign: 0.704 → 70.4. */
export function percent(fraction: number, digits = 1): string {
  return fixed(100 * fraction, digits)
}

/** A difference with its sign: +0.5, −0.5, and 0.0 where it rounds to nothing. */
export function signed(value: number, digits = 1): string {
  const text = fixed(value, digits)
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text
}

/** A rate in few signs: 5400 → 5.4k, 112 → 112. */
export function rate(value: number): string {
  const { text, prefix } = scaled(value, 1)
  return `${text}${prefix}`
}

/** A cost: 101,400,000 → 101 M multiply-adds, or 203 MFLOPs. */
export function macs(value: number, unit: 'macs' | 'flops'): string {
  const { text, prefix } = scaled(unit === 'flops' ? 2 * value : value)
  return unit === 'flops' ? `${text} ${prefix}FLOPs` : `${[text, prefix].filter(Boolean).join(' ')} multiply-adds`
}

/** A small number by its first digit and its power of ten: 0.0000031 → 3e−6. */
export function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('-', '−').replace('+', '')
}
