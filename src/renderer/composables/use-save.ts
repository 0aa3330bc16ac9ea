import { shell } from '../api/shell.ts'
import { messageOf } from '../api/errors.ts'
import { useToastsStore } from '../stores/toasts.ts'
import { useAction } from './use-action.ts'

/** Saving and copying of files, texts and pictures; each shows what came of it. */
export function useSave() {
  const toasts = useToastsStore()
  const { run } = useAction()

  /** Whoever calls it shows a failure. */
  async function save({ name, bytes }: { name: string; bytes: Blob }): Promise<void> {
    if (shell === null) {
      download(name, bytes)
      toasts.show({ text: `${name} is in your downloads` })
      return
    }
    const path = await shell.saveFile({ name, bytes: new Uint8Array(await bytes.arrayBuffer()) })
    if (path === null) return
    const action = { label: 'Show in folder', run: () => void shell?.showInFolder(path) }
    toasts.show({ text: `Saved ${path}`, action, seconds: 8 })
  }

  async function copied(what: string, copy: (clipboard: Clipboard) => Promise<void>): Promise<void> {
    try {
      // Pages from another machine have none.
      if (!('clipboard' in navigator))
        throw new Error('browsers allow this only for pages of this computer or over HTTPS')
      await copy(navigator.clipboard)
      toasts.show({ text: `${what} copied` })
    } catch (error) {
      toasts.show({ kind: 'error', text: `${what} could not be copied: ${messageOf(error)}` })
    }
  }

  async function saveYaml(name: string, text: string): Promise<void> {
    await run(`${name} could not be saved`, () => save({ name, bytes: new Blob([text], { type: 'application/yaml' }) }))
  }

  return {
    save,
    saveYaml,
    /** `what` names it in the message: “Table”. */
    copyText: (text: string, what: string) => copied(what, (clipboard) => clipboard.writeText(text)),
    /** The same table as plain text and as HTML: programs take what suits them. */
    copyTable: ({ text, html }: { text: Blob; html: Blob }) =>
      copied('Table', (clipboard) =>
        clipboard.write([new ClipboardItem({ 'text/plain': plain(text), 'text/html': html })]),
      ),
    copyImage: (png: Blob) =>
      copied('Picture', (clipboard) => clipboard.write([new ClipboardItem({ 'image/png': png })])),
  }
}

/** The clipboard supports one text type. */
const plain = (text: Blob) => new Blob([text], { type: 'text/plain' })

function download(name: string, bytes: Blob): void {
  const address = URL.createObjectURL(bytes)
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
  anchor.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
