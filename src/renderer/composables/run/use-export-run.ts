import { ref } from 'vue'
import type { Ref } from 'vue'
import type { RunSummary } from '../../../shared/runs.ts'
import { messageOf } from '../../api/errors.ts'
import { shell } from '../../api/shell.ts'
import { useHostStore } from '../../stores/host.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { useHost } from '../../api/host.ts'

export interface ExportRun {
  /** A folder beside the workspace's own, named after the run; empty while the workspace is not known. */
  usualFolder(run: RunSummary): string
  /** The machine's dialog; null in a browser, which has none. */
  chooseFolder: (() => Promise<string | null>) | null
  /** @returns whether the folder was written; else `error` says why not. */
  exportRun(run: RunSummary, folder: string): Promise<boolean>
  busy: Ref<boolean>
  error: Ref<string | null>
}

/** A run leaves as a folder that PyTorch can load. */
export function useExportRun(): ExportRun {
  const { client } = useHost()
  const host = useHostStore()
  const toasts = useToastsStore()
  const [busy, error] = [ref(false), ref<string | null>(null)]
  const bridge = shell

  async function exportRun(run: RunSummary, folder: string): Promise<boolean> {
    busy.value = true
    error.value = null
    try {
      const { files, folder: written } = await client.exports.run({ run: run.id, folder })
      const action = bridge && { label: 'Show in folder', run: () => void bridge.showInFolder(written) }
      toasts.show({ text: `${files.length} files written to ${written}`, seconds: 10, ...(action && { action }) })
      return true
    } catch (cause) {
      error.value = messageOf(cause)
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    usualFolder: ({ name }) => (host.info ? joined(host.info.workspace, 'exports', name) : ''),
    chooseFolder: bridge && (() => bridge.chooseFolder()),
    exportRun,
    busy,
    error,
  }
}

/** In the way of the host's machine, which need not be this one. */
function joined(folder: string, ...names: string[]): string {
  return [folder, ...names].join(folder.includes('\\') ? '\\' : '/')
}
