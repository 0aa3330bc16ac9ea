import { bytesBelow } from './files-below.mjs'
import { progress, speaksJson } from './report.mjs'

const lookMilliseconds = 500

/**
 * Tells a program that waits how far a tool has come that says nothing to programs, from what it has written so far.
 * @param {string} folder where the tool writes
 * @param {import('./versions.mjs').Wheel} wheel what it fetches
 */
export function followGrowth(folder, { project, bytes }) {
  if (!speaksJson) return { end() {} }
  const before = bytesBelow(folder)
  const bar = progress(`Downloading ${project}`, bytes)
  let told = 0
  const timer = setInterval(() => {
    const grown = Math.max(told, Math.min(bytes, bytesBelow(folder) - before))
    bar.advance(grown - told)
    told = grown
  }, lookMilliseconds)
  return { end: () => clearInterval(timer) }
}
