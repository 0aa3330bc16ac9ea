import type { Router } from 'vue-router'
import { messageOf } from './api/errors.ts'
import { useToastsStore } from './stores/toasts.ts'

interface Browser {
  /** The page as it is served now. */
  fetchPage(): Promise<Document>
  reload(place: string): void
}

/**
 * A page that was open while Exitlab was updated asks for screens that are there no more: it is loaded anew, at the place
 * that was asked for. Where that would not help, it says what is wrong and stays as it is.
 */
export function renewStalePage(router: Router, { fetchPage, reload }: Browser = thisBrowser): void {
  const toasts = useToastsStore()
  router.onError(async (error: unknown, to) => {
    const served = await fetchPage().catch(() => null)
    if (served !== null && scriptOf(served) !== scriptOf(document)) return reload(router.resolve(to.fullPath).href)
    const why = served === null ? 'The host does not answer; try again once it does.' : messageOf(error)
    toasts.show({ kind: 'error', text: `This screen could not be loaded. ${why}` })
  })
}

const thisBrowser: Browser = {
  async fetchPage() {
    const answer = await fetch('index.html', { cache: 'no-store' })
    if (!answer.ok) throw new Error(`the host answered ${answer.status}`)
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  },
  reload(place) {
    history.replaceState(null, '', place)
    location.reload()
  },
}

/** Its name changes whenever anything in the page does. */
function scriptOf(page: Document): string | null {
  return page.querySelector('script[type=module]')?.getAttribute('src') ?? null
}
