import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { visit } from '../../test/e2e/support/screens.ts'

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))

/** A picture of a screen: `name`.png in docs/pictures. */
export interface Shot {
  name: string
  /** Of the screen, behind `#`. */
  path: string
  dark?: boolean
  /** Pixels from the top; default: the whole window. */
  height?: number
  /** What is done on the screen first. */
  act?: (page: Page) => Promise<void>
}

/** Takes pictures of a workbench in a browser, in the window of a laptop. */
export async function shoot(browser: Browser, address: string, shots: readonly Shot[]): Promise<void> {
  for (const { name, path, dark = false, height = 900, act } of shots) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    })
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await visit(page, new URL(`#${path}`, address).href)
    await act?.(page)
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 1440, height } })
    // A third of the bytes, and no difference that one sees.
    await sharp(picture)
      .png({ palette: true, effort: 8, dither: 0 })
      .toFile(join(folder, `${name}.png`))
    await page.close()
    console.log(`docs/pictures/${name}.png`)
  }
}
