import { shell } from '../api/shell.ts'
import { useToastsStore } from '../stores/toasts.ts'
import { useSave } from './use-save.ts'

interface FolderFile {
  /** Relative, with slashes. */
  path: string
  bytes: Blob
}

/** Saves a folder of files: into a folder that the user chooses in the desktop window, as a zip file in a browser. */
export function useSaveFolder() {
  const toasts = useToastsStore()
  const { save } = useSave()

  return async (name: string, files: readonly FolderFile[]): Promise<void> => {
    const read = await Promise.all(
      files.map(async ({ path, bytes }) => ({ path, bytes: new Uint8Array(await bytes.arrayBuffer()) })),
    )
    if (shell === null) return save({ name: `${name}.zip`, bytes: await zipped(name, read) })
    const folder = await shell.saveFolder({ name, files: read })
    if (folder === null) return
    const action = { label: 'Show in folder', run: () => void shell?.showInFolder(folder) }
    toasts.show({ text: `${files.length} files written to ${folder}`, action, seconds: 8 })
  }
}

/** Loaded when it is needed, which is seldom. */
async function zipped(name: string, files: readonly { path: string; bytes: Uint8Array }[]): Promise<Blob> {
  const { zipSync } = await import('fflate')
  const zip = zipSync(Object.fromEntries(files.map(({ path, bytes }) => [`${name}/${path}`, bytes])))
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' })
}
