/** Probability that Student's t with `freedom` degrees of freedom lies outside ±|t|: `I_x(ν/2, 1/2)`, x = ν / (ν + t²). */
export function twoSidedP(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2)
}

/** Found before: intervals of one comparison have few numbers of seeds. */
const found = new Map<string, number>()

/** The t above which |t| lies with probability 1 − `confidence`, by bisection on `twoSidedP` (relative error below 1e-12). */
export function criticalT(confidence: number, freedom: number): number {
  const key = `${confidence} ${freedom}`
  const known = found.get(key) ?? bisected(confidence, freedom)
  found.set(key, known)
  return known
}

function bisected(confidence: number, freedom: number): number {
  let high = 1
  while (twoSidedP(high, freedom) > 1 - confidence) high *= 2
  let low = 0
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (twoSidedP(middle, freedom) > 1 - confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Regularised incomplete beta function `I_x(a, 1/2)` by its continued fraction (Lentz's method; DLMF 8.17.22). */
function incompleteBeta(x: number, a: number): number {
  const b = 1 / 2
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    value *= c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return value
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/** `ln Γ(x)` for x > 0: shifted up to x ≥ 15, then Stirling's series (error below 1e-15). */
function logGamma(x: number): number {
  let shift = 0
  for (; x < 15; x++) shift -= Math.log(x)
  const inverse = 1 / (x * x)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}
