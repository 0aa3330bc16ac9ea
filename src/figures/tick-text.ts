import { grouped } from '../shared/format/numbers.ts'

/** Words of ticks: all with the decimals of the most precise of them, commas between thousands. */
export function tickText(ticks: readonly number[]): (tick: number) => string {
  const decimals = Math.max(...ticks.map((tick) => String(tick).split('.')[1]?.length ?? 0))
  return (tick) => grouped(tick.toFixed(decimals))
}
