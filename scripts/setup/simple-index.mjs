import { download, request } from './download.mjs'
import { SetupFailure, messageOf } from './failure.mjs'

/**
 * Fetches a wheel from a package index by its page of links (the "simple" interface), for machines without pip and uv.
 * @param {string} index address of the index, as pip takes it
 * @param {import('./versions.mjs').Wheel} wheel
 * @param {string} target
 */
export async function downloadFromIndex(index, { project, file }, target) {
  try {
    const page = `${index.replace(/\/+$/, '')}/${project}/`
    const response = await request(page, { accept: 'text/html' })
    const link = findLink(await response.text(), file)
    if (link === null) throw new Error(`${withoutLogin(page)} has no ${file}`)
    await download(withLogin(new URL(link, response.url), page), target)
  } catch (error) {
    throw new SetupFailure(`${project} could not be fetched: ${messageOf(error)}.`, [
      'Correct PIP_INDEX_URL, or give this machine a network, and run this again: a download goes on where it ended.',
    ])
  }
}

/**
 * The target of the link to a file, or null.
 * @param {string} html
 * @param {string} file
 */
function findLink(html, file) {
  for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)) {
    const address = href.replaceAll('&amp;', '&').replace(/#.*$/, '')
    const path = address.replace(/\?.*$/, '')
    if (decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) === file) return address
  }
  return null
}

/** A login given for the index is meant for its files on the same host too. @param {URL} link @param {string} page */
function withLogin(link, page) {
  const { username, password, host } = new URL(page)
  if (link.host === host) Object.assign(link, { username, password })
  return link.href
}

/** @param {string} url */
export const withoutLogin = (url) => Object.assign(new URL(url), { username: '', password: '' }).href
