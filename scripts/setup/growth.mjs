import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { progress, speaksJson } from './report.mjs'

const lookMilliseconds = 500

/**
 * Tells a program that waits how far a tool has come that says nothing to programs, from what it has written so far.
 * @param {string} folder where the tool writes
 * @param {import('./versions.mjs').Wheel} wheel what it fetches
 */
export function followGrowth(folder, { project, bytes }) {
  if (!speaksJson) return { end() {} }
  const before = sizeOf(folder)
  const bar = progress(`Downloading ${project}`, bytes)
  let told = 0
  const timer = setInterval(() => {
    const grown = Math.max(told, Math.min(bytes, sizeOf(folder) - before))
    bar.advance(grown - told)
    told = grown
  }, lookMilliseconds)
  return { end: () => clearInterval(timer) }
}

/** Bytes of all files below a folder. @param {string} path @returns {number} */
function sizeOf(path) {
  if (!existsSync(path)) return 0
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.size ?? 0
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
