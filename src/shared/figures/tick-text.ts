/** Words of ticks: all with the decimals of the most precise of them, thin spaces between thousands. */
export function tickText(ticks: readonly number[]): (tick: number) => string {
  const decimals = Math.max(...ticks.map((tick) => String(tick).split('.')[1]?.length ?? 0))
  return (tick) => grouped(tick.toFixed(decimals))
}

/** Digits as texts have them: 1 024, with a true minus. */
export function grouped(digits: string): string {
  const [whole, ...decimals] = digits.split('.')
  return [whole!.replace(/\B(?=(\d{3})+$)/g, '\u2009').replace('-', '−'), ...decimals].join('.')
}
