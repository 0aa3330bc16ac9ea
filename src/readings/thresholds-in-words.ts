/** `threshold 0.72`, `thresholds 0.7, 0.85` */
export function thresholdsInWords(thresholds: number | readonly number[]): string {
  const values = [thresholds].flat().map((value) => Number(value.toFixed(3)))
  return values.length === 1 ? `threshold ${values[0]}` : `thresholds ${values.join(', ')}`
}
