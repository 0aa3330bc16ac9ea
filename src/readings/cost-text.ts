import { macs, multiplyAdds, percent } from '../shared/format/numbers.ts'

/** `43.9 %, 283 k`, in multiply-adds, which the caption names; other units are named, and the share stands alone where no more is known. */
export function costText(
  { cost, fraction }: { cost: number | null; fraction: number },
  unit: 'macs' | 'flops' | 'ms',
): string {
  const share = `${percent(fraction)}\u202f%`
  if (cost === null) return share
  return `${share}, ${unit === 'macs' ? multiplyAdds(cost) : macs(cost, unit)}`
}
