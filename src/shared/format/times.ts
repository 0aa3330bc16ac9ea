import { plural } from './numbers.ts'

const units = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
]

/** A time span in its two largest units: 3 min 20 s, 1 d 7 h; below a minute in seconds. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const largest = units.findIndex((unit) => whole >= unit.seconds)
  if (largest === -1) return '0 s'
  const [first, second] = [units[largest]!, units[largest + 1]]
  if (second === undefined) return `${whole} s`
  const smalls = Math.round(whole / second.seconds)
  const perFirst = first.seconds / second.seconds
  const rest = smalls % perFirst
  const head = `${Math.floor(smalls / perFirst)} ${first.name}`
  return rest === 0 ? head : `${head} ${rest} ${second.name}`
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dateOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A time (milliseconds since 1970), with the date if it is not today and the year if it is not the current one: 24 Nov, 19:12. */
export function when(at: number, now = Date.now()): string {
  const [day, today] = [new Date(at), new Date(now)]
  if (day.toDateString() === today.toDateString()) return time.format(day)
  const format = day.getFullYear() === today.getFullYear() ? date : dateOfYear
  return `${format.format(day)}, ${time.format(day)}`
}

/** A time (milliseconds since 1970) that is the same on every machine: `2026-11-24 19:12 UTC` */
export function utcMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** A time span in words, for estimates: `40 seconds`, `about 3 minutes`, `about 2.5 hours`. */
export function roughly(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5400) return `about ${plural(Math.round(seconds / 60), 'minute')}`
  if (seconds < 36 * 3600) return `about ${plural(Math.round(seconds / 360) / 10, 'hour')}`
  return `about ${plural(Math.round(seconds / 8640) / 10, 'day')}`
}
