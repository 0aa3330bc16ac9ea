/** Coefficients of so many points a side, an odd number: evenly spaced from −reach to reach, exactly 0 in the middle. */
export function coefficientsOf({ points, reach }: { points: number; reach: number }): number[] {
  const middle = (points - 1) / 2
  return Array.from({ length: points }, (_, index) => (reach * (index - middle)) / middle)
}
