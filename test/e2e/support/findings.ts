import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds on a page that keeps someone from using it, as `rule: where`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Not as a script element: the page's policy would refuse it.
  await page.evaluate(axe)
  const { violations } = (await page.evaluate((values) => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }
    return axe.run({ runOnly: { type: 'tag', values } })
  }, rules)) as AxeResults
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
