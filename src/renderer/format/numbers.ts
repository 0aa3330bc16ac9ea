export { count, plural } from '../../shared/format/numbers.ts'

/** What stands where there is no value. */
export const none = '–'

/** A number with a fixed number of decimals and a true minus: −0.52. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

/** A fraction in per cent, without the sign: 0.704 → 70.4. */
export function percent(fraction: number, digits = 1): string {
  return fixed(100 * fraction, digits)
}

/** A difference with its sign: +0.5, −0.5, and 0.0 where it rounds to nothing. */
export function signed(value: number, digits = 1): string {
  const text = fixed(value, digits)
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text
}

const thousands = ['', 'k', 'M', 'G', 'T', 'P']

/** A number in three digits with its unit's prefix: 5400 → 5.4, k. */
function scaled(value: number): { text: string; prefix: string } {
  const size = Math.abs(value)
  let step = size < 1000 ? 0 : Math.min(thousands.length - 1, Math.floor(Math.log10(size) / 3))
  // 999 960 is 1.00 M, not 1000 k.
  if (Number((size / 1000 ** step).toPrecision(3)) >= 1000) step++
  const part = value / 1000 ** step
  const digits = step === 0 ? 0 : Math.abs(part) < 9.995 ? 2 : Math.abs(part) < 99.95 ? 1 : 0
  return { text: fixed(part, digits), prefix: thousands[step]! }
}

/** A rate in few signs: 5400 → 5.4k, 112 → 112. */
export function rate(value: number): string {
  const { text, prefix } = scaled(value)
  return prefix === '' ? text : `${text.replace(/(\.\d)\d$/, '$1')}${prefix}`
}

/** A cost: 101,400,000 → 101 M multiply-adds, or 203 MFLOPs. */
export function macs(value: number, unit: 'macs' | 'flops'): string {
  const { text, prefix } = scaled(unit === 'flops' ? 2 * value : value)
  return unit === 'flops' ? `${text} ${prefix}FLOPs` : `${[text, prefix].filter(Boolean).join(' ')} multiply-adds`
}

/** A size as file managers give it: 18,400,000,000 → 18.4 GB. */
export function bytes(value: number): string {
  const { text, prefix } = scaled(value)
  return `${text.replace(/(\.\d)\d$/, '$1')} ${prefix}B`
}

/** A small number by its first digit and its power of ten: 0.0000031 → 3e−6. */
export function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('-', '−').replace('+', '')
}
