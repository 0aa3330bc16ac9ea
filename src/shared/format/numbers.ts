/** Numbers as the window, the terminal and figures all write them. */

/** Digits with commas between thousands and a true minus: `−12,345.60`. */
export function grouped(digits: string): string {
  const [whole, ...decimals] = digits.split('.')
  return [whole!.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', '−'), ...decimals].join('.')
}

/** A whole number: `10,240`. */
export function count(value: number): string {
  const digits = Math.round(value).toFixed(0)
  return digits === '-0' ? '0' : grouped(digits)
}

/** `1 run`, `3 runs`, `12,000 runs`; `nouns` where it is not the noun with an s. */
export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(String(number))} ${number === 1 ? noun : nouns}`
}

/** A number with a fixed number of decimals and a true minus: −0.52. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

const thousands = ['', 'k', 'M', 'G', 'T', 'P']

/** A number in three digits, or fewer `decimals`, with its unit's prefix: 5400 → 5.40, k. */
export function scaled(value: number, decimals = 2): { text: string; prefix: string } {
  const size = Math.abs(value)
  let step = size < 1000 ? 0 : Math.min(thousands.length - 1, Math.floor(Math.log10(size) / 3))
  // 999 960 is 1.00 M, not 1000 k.
  if (step < thousands.length - 1 && Number((size / 1000 ** step).toPrecision(3)) >= 1000) step++
  const part = value / 1000 ** step
  if (Math.abs(part) >= 1e6) return { text: part.toExponential(1).replace('+', ''), prefix: thousands[step]! }
  const digits = step === 0 ? 0 : Math.abs(part) < 9.995 ? 2 : Math.abs(part) < 99.95 ? 1 : 0
  return { text: fixed(part, Math.min(digits, decimals)), prefix: thousands[step]! }
}

/** A size as file managers give it: 18,400,000,000 → 18.4 GB. */
export function bytes(count: number): string {
  const { text, prefix } = scaled(count, 1)
  return `${text} ${prefix}B`
}

/** Text for a missing value. */
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

/** A number of multiply-adds: 101,400,000 → 101 M. */
export function multiplyAdds(value: number): string {
  const { text, prefix } = scaled(value)
  return prefix === '' ? text : `${text} ${prefix}`
}

const superscripts = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

/** 10 to a whole power, as tick labels have it: `1`, `10`, `10⁻³`. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent)
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** A small number in two digits and a power: `10⁻³`, `2.4 × 10⁻⁴`. */
export function scientific(value: number): string {
  if (value === 0) return '0'
  const [mantissa, exponent] = value.toExponential(1).split('e')
  const power = powerOfTen(Number(exponent))
  return Number(mantissa) === 1 ? power : `${Number(mantissa)} × ${power}`
}
