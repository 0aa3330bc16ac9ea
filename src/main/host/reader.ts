import type { HostClient } from '../../shared/contract.ts'
import { existsSync } from 'node:fs'
import { openEmptyStore, openStoreReadOnly } from '../store/open.ts'
import { workspaceAt } from '../store/workspace.ts'
import { assemble, defaultSettings, type HostSettings } from './assemble.ts'

/** A host that only looks: it takes no lock, changes nothing, and starts a trainer only to be asked something. */
export interface Reader {
  client: HostClient
  close(): Promise<void>
}

export interface ReaderOptions extends Partial<Omit<HostSettings, 'train'>> {
  /** Absolute folder. */
  workspace: string
}

/** Opens a workspace to read it, one that is not there yet as an empty one. Null where its store has to be brought to this version first. */
export function openReader({ workspace, ...options }: ReaderOptions): Reader | null {
  const there = existsSync(workspaceAt(workspace).database)
  const store = there ? openStoreReadOnly(workspace) : openEmptyStore(workspace)
  if (store === null) return null
  const { client, services, scheduler } = assemble(store, null, { ...defaultSettings, ...options, train: false })
  return {
    client,
    async close() {
      services.events.close()
      await scheduler.close()
      store.close()
    },
  }
}
