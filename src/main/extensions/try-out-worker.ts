/** A thread that runs the code of an extension for the first time (try-out.ts). */
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Archive } from './archive.ts'
import { importArchive } from './import-archive.ts'

await importArchive(workerData as Archive).catch(() => undefined)
// Promises that were rejected without being caught end the thread before it is told.
await setImmediate()
parentPort!.postMessage('ran')
