/** Numbers as people read them. Each function fixes its decimals, so that columns of them line up. */
export { bytes, count as grouped, plural } from '../../../shared/format/numbers.ts'
import { plural } from '../../../shared/format/numbers.ts'

/** `71.24` from 0.7124 */
export function percent(fraction: number, decimals = 2): string {
  return (100 * fraction).toFixed(decimals)
}

/** Multiply-adds with a prefix: `41.30 M`, `1.16 G`. */
export function macs(count: number): string {
  const [unit, size] = count >= 1e12 ? ['T', 1e12] : count >= 1e9 ? ['G', 1e9] : count >= 1e6 ? ['M', 1e6] : ['k', 1e3]
  return `${(count / size).toFixed(2)} ${unit}`
}

/** `0:07`, `12:40`, `3:05:00`, `2 d 04:10` */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  const [days, hours] = [Math.floor(total / 86_400), Math.floor((total % 86_400) / 3600)]
  const [minutes, rest] = [Math.floor((total % 3600) / 60), total % 60]
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** A length of time in words, for estimates: `40 seconds`, `about 3 minutes`, `about 2.5 hours`. */
export function roughly(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5400) return `about ${plural(Math.round(seconds / 60), 'minute')}`
  if (seconds < 36 * 3600) return `about ${plural(Math.round(seconds / 360) / 10, 'hour')}`
  return `about ${plural(Math.round(seconds / 8640) / 10, 'day')}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
