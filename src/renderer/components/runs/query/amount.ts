/** Which numbers a query lets through, and how precisely they were typed. */
export type Amount = (value: number) => boolean

const operators = {
  '<': (limit: number) => (value: number) => value < limit,
  '<=': (limit: number) => (value: number) => value <= limit,
  '>': (limit: number) => (value: number) => value > limit,
  '>=': (limit: number) => (value: number) => value >= limit,
} as const

const secondsOf = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 } as const

const number = String.raw`[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?`
const plain = new RegExp(`^(${number})%?$`, 'i')
const timed = new RegExp(`^(${number})(s|m|min|h|d|w)$`, 'i')

/** `exact`: a number alone means itself. */
export type AmountKind = 'number' | 'time' | 'exact'

/**
 * `3`, `<3`, `>=70.5`, `1e-3`, `60..70`; times with a unit: `<2h`. A number alone means all that round to it as it was typed: 70 is
 * 69.5 up to 70.5. Null where it is none of these.
 */
export function amountOf(text: string, kind: AmountKind): Amount | null {
  const [, operator, rest] = /^(<=|>=|<|>|=?)([\s\S]*)$/.exec(text)!
  const [low, high, ...more] = rest!.split('..').map((each) => sizeOf(each.trim(), kind))
  if (!low || high === null || more.length > 0) return null
  if (high !== undefined) return operator === '' ? between(low.value, high.value) : null
  if (operator !== '' && operator !== '=') return operators[operator as keyof typeof operators](low.value)
  return (value) => Math.abs(value - low.value) <= low.step / 2
}

const between = (low: number, high: number) => (value: number) => value >= low && value <= high

/** A number and the unit of its last digit. */
function sizeOf(text: string, kind: AmountKind): { value: number; step: number } | null {
  const [, digits, unit] = (kind === 'time' ? timed : plain).exec(text) ?? []
  if (digits === undefined) return null
  if (kind === 'exact') return { value: Number(digits.replace('−', '-')), step: 0 }
  const scale = unit === undefined ? 1 : secondsOf[unit.toLowerCase() as keyof typeof secondsOf]
  const decimals = digits.split('.')[1]?.length ?? 0
  return { value: Number(digits.replace('−', '-')) * scale, step: scale * 10 ** -decimals }
}
