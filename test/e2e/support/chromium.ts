import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const places = [process.env['EXITLAB_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser']
const chromiumPath = places.find((path) => path !== undefined && existsSync(path)) ?? null

/** Why what needs a browser is skipped; null where it is not. */
export const withoutChromium =
  chromiumPath === null ? 'no Chromium at /usr/bin/chromium; EXITLAB_CHROMIUM names another' : null

/** The title of a test, with why it is skipped. */
export const withReason = (title: string, reason: string | null) =>
  reason === null ? title : `${title} (skipped: ${reason})`

/** Quiet: it asks nothing of the network. Chromium has no sandbox for root. */
const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update']

export function launchChromium(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  return chromium.launch({ executablePath: chromiumPath!, args })
}
