import { stat } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import type { NetworkFile, NetworkReport } from '../../../shared/network-file.ts'
import { createNetworkReader } from '../../network-files/read-in-thread.ts'
import type { NetworkWork } from '../../network-files/read-network.ts'

type Answer = Promise<{ file: NetworkFile; report: NetworkReport }>

/** Files that are networks, as they were lately found to be: an experiment that is being written is planned again and again. */
export interface NetworkFiles {
  describe(work: NetworkWork): Answer
}

const most = 8

export function createNetworkFiles(reader = createNetworkReader()): NetworkFiles {
  const answers = new LRUCache<string, Answer>({ max: most })
  return {
    async describe(work) {
      const { dev, ino, size, mtimeMs, ctimeMs } = (await stat(work.path).catch(() => null)) ?? {}
      const key = JSON.stringify([work, dev, ino, size, mtimeMs, ctimeMs])
      const known = answers.get(key)
      if (known) return known
      const answer = reader.run(work)
      answers.set(key, answer)
      // A file that was not there, or took too long, may be read the next time.
      answer.catch(() => answers.delete(key))
      return answer
    },
  }
}
