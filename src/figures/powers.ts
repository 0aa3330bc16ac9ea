const superscripts = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

/** 10 to a whole power, as tick labels have it: `1`, `10`, `10⁻³`. */
export function powerOfTen(exponent: number): string {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent)
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** A small number in two digits and a power: `10⁻³`, `2.4 × 10⁻⁴`. */
export function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e')
  const power = powerOfTen(Number(exponent))
  return Number(mantissa) === 1 ? power : `${Number(mantissa)} × ${power}`
}
