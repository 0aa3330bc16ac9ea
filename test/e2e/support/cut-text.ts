import type { Page } from 'playwright-core'

/** Texts of a page that are cut off where nothing shows it, and numbers that are cut at all: `“batch size 1” in cell`. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(cut)
}

/** The nearest box around a text that clips it must show an ellipsis, and the whole text in a title. Boxes that scroll cut nothing. */
const cut = `(() => {
  const clips = (box) => ['hidden', 'clip'].includes(getComputedStyle(box).overflowX)
  const scrolls = (box) => ['auto', 'scroll'].includes(getComputedStyle(box).overflowX)
  const aroundOf = (text) => {
    for (let box = text.parentElement; box !== document.body; box = box.parentElement) {
      if (scrolls(box)) return null
      if (clips(box)) return box
    }
    return null
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
    const own = text.parentElement
    const words = text.textContent.trim()
    if (words === '' || !own.checkVisibility() || own.closest('.vh, [aria-hidden=true], svg')) continue
    const box = aroundOf(text)
    if (box === null) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const [inner, outer] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
    if (inner.right <= outer.right + 1 && inner.left >= outer.left - 1) continue
    // Boxes of the flexible kind show no ellipsis, nor do boxes inside of one that has it.
    const { textOverflow, display } = getComputedStyle(box)
    const isLine = own === box || getComputedStyle(own).display === 'inline'
    const isMarked = textOverflow === 'ellipsis' && !/flex|grid/.test(display) && isLine && own.closest('[title]') !== null
    if (!isMarked || /^[\\d.,−± %]+$/.test(words)) found.push('“' + words + '” in ' + box.className)
  }
  return found
})()`
