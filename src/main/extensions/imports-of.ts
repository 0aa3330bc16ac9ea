import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Imports, SourceFile } from './imports-worker.ts'

/** Reads what files import, without running anything of them: Node's own parser runs in a thread, as it is there by a flag alone. */
export interface ImportReader extends AsyncDisposable {
  importsOf(file: SourceFile): Promise<Imports>
}

export function createImportReader(): ImportReader {
  const worker = new Worker(new URL('./imports-worker.ts', import.meta.url), {
    execArgv: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  })
  return {
    async importsOf(file) {
      worker.postMessage(file)
      const [answer] = (await once(worker, 'message')) as [Imports]
      return answer
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  }
}
