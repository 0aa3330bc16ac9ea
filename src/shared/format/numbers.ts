/** Numbers as the window, the terminal and figures all write them. */

/** Digits with commas between thousands and a true minus: `−12,345.60`. */
export function grouped(digits: string): string {
  const [whole, ...decimals] = digits.split('.')
  return [whole!.replace(/\B(?=(\d{3})+$)/g, ',').replace('-', '−'), ...decimals].join('.')
}

/** A whole number: `10,240`. */
export function count(value: number): string {
  const digits = Math.round(value).toFixed(0)
  return digits === '-0' ? '0' : grouped(digits)
}

/** `1 run`, `3 runs`, `12,000 runs`; `nouns` where it is not the noun with an s. */
export function plural(number: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(String(number))} ${number === 1 ? noun : nouns}`
}
