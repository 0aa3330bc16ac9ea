import { macs, percent } from '../shared/format/numbers.ts'

/** `43.9 %, 283 k multiply-adds`; the share alone where no more is known. */
export function costText(
  { cost, fraction }: { cost: number | null; fraction: number },
  unit: 'macs' | 'flops' | 'ms',
): string {
  const share = `${percent(fraction)}\u202f%`
  return cost === null ? share : `${share}, ${macs(cost, unit)}`
}
