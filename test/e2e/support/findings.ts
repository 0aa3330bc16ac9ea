import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { untilStill } from './screens.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** The schemes differ by colours alone. */
const rules = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const

/** What axe finds on a page, in light and in dark, that keeps someone from using it, as `scheme, rule: where`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await untilStill(page)
    const findings = await violationsOf(page, rules[colorScheme])
    found.push(...findings.map((finding) => `${colorScheme}, ${finding}`))
  }
  return found
}

async function violationsOf(page: Page, runOnly: object): Promise<string[]> {
  // Not as a script element: the page's policy would refuse it.
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    (options) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }
      return axe.run(options)
    },
    { runOnly, resultTypes: ['violations'] },
  )) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** What a page complains of from now on: errors, and what its policy refused. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A host that is killed is not there: the browser says so each time the page tries.
    const expected = /ERR_CONNECTION_(REFUSED|RESET)|WebSocket connection to/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  return complaints
}
