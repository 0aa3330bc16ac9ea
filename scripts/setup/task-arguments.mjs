import { parseArgs } from 'node:util'
import { taskWords } from './task-words.mjs'

/**
 * What a task takes behind its name.
 * @typedef {{ options?: Record<string, 'text' | 'switch'>, names?: string, choices?: readonly string[] }} Takes
 *   options: by their names · names: what stands without an option, in words; left out: nothing does · choices: of these
 * @typedef {{ about: string, takes: Takes | 'exitlab' | 'vitest' }} Described
 *   takes: a name is that of the program that all of it goes to, and that knows what it takes
 */

/**
 * What a task answers before anything is done for it: its help, or what it does not take; null where it is to run.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {{ text: string, code: 0 | 2 } | null}
 */
export function answerTo(name, args) {
  const { about, takes } = /** @type {Described} */ (taskWords[name])
  if (takes === 'exitlab') return null
  const asksForHelp = args.some((arg) => arg === '--help' || arg === '-h')
  const usage = `npm run ${name}${usageOf(takes)}`
  if (asksForHelp) return { text: `${usage}\n\n${about}`, code: 0 }
  const problem = takes === 'vitest' ? null : problemOf(takes, args)
  return problem === null ? null : { text: `${problem}\nUse: ${usage}`, code: 2 }
}

/** ` -- [PATHS…] [--seed TEXT]` @param {Takes | 'vitest'} takes */
function usageOf(takes) {
  if (takes === 'vitest') return ' -- [FILES…] [--device NAME] [OPTIONS OF VITEST…]'
  const { options = {}, names, choices } = takes
  const words = [
    ...(choices ? [`[${choices.join(' | ')}]`] : []),
    ...(names ? [`[${names}]`] : []),
    ...Object.entries(options).map(([option, kind]) => `[--${option}${kind === 'text' ? ' VALUE' : ''}]`),
  ]
  return words.length === 0 ? '' : ` -- ${words.join(' ')}`
}

/** What is wrong with some arguments, as a sentence; null: nothing. @param {Takes} takes @param {readonly string[]} args */
function problemOf({ options = {}, names, choices }, args) {
  const config = Object.entries(options).map(([option, kind]) => [
    option,
    { type: kind === 'text' ? 'string' : 'boolean', multiple: true },
  ])
  try {
    const { positionals } = parseArgs({
      args: [...args],
      allowPositionals: names !== undefined || choices !== undefined,
      options: Object.fromEntries(config),
    })
    const wrong = choices && positionals.find((each) => !choices.includes(each))
    return wrong === undefined ? null : `Expected ${choices?.join(' or ')}; got ${wrong}.`
  } catch (error) {
    // Node says behind the first sentence how to pass the option on as a name.
    const [reason] = /** @type {Error} */ (error).message.split(/\. |\n/)
    return `${reason}.`
  }
}
