// @vitest-environment happy-dom
import { unzipSync } from 'fflate'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { SavedFolder } from '../../../src/shared/window/shell.ts'

const files = [
  { path: 'report.tex', bytes: new Blob(['\\begin{document}']) },
  { path: 'figures/figure-3.svg', bytes: new Blob(['<svg/>']) },
]
const read = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

beforeEach(() => {
  vi.resetModules()
  delete window.exitlab
})

/** Saves the files as the page does where there is a desktop shell, or none. */
async function saved(shell?: { saveFolder: (folder: SavedFolder) => Promise<string | null> }) {
  if (shell) Object.assign(window, { exitlab: shell })
  const { useSaveFolder } = await import('../../../src/renderer/composables/use-save-folder.ts')
  const { useToastsStore } = await import('../../../src/renderer/stores/toasts.ts')
  const { provideFakeHost } = await import('../support/fake-host.ts')
  const host = provideFakeHost()
  await host.run(() => useSaveFolder())('exitlab-paper-desk', files)
  return host.run(() => useToastsStore().shown.map(({ text }) => text))
}

describe('saving a folder', () => {
  it('downloads a zip with one folder in a browser', async () => {
    const blobs: Blob[] = []
    const names: string[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob)
      return 'blob:1'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download)
    })
    expect(await saved()).toEqual(['exitlab-paper-desk.zip is in your downloads'])
    expect(names).toEqual(['exitlab-paper-desk.zip'])
    const zip = unzipSync(new Uint8Array(await blobs[0]!.arrayBuffer()))
    expect(Object.fromEntries(Object.entries(zip).map(([path, bytes]) => [path, read(bytes)]))).toEqual({
      'exitlab-paper-desk/report.tex': '\\begin{document}',
      'exitlab-paper-desk/figures/figure-3.svg': '<svg/>',
    })
  })

  it('hands the files to the desktop window, and says where they are', async () => {
    const saveFolder = vi.fn(async ({ name }: SavedFolder) => `/home/me/${name}`)
    expect(await saved({ saveFolder })).toEqual(['2 files written to /home/me/exitlab-paper-desk'])
    const { files: handed } = saveFolder.mock.calls[0]![0]
    expect(handed.map(({ path, bytes }) => [path, read(bytes)])).toEqual([
      ['report.tex', '\\begin{document}'],
      ['figures/figure-3.svg', '<svg/>'],
    ])
  })

  it('shows nothing where the user cancels', async () => {
    expect(await saved({ saveFolder: async () => null })).toEqual([])
  })
})
