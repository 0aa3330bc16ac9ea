import type { NetworkFile, NetworkReport } from '../../../shared/network-file.ts'
import { createNetworkReader } from '../../network-files/read-in-thread.ts'
import type { NetworkWork } from '../../network-files/read-network.ts'
import { keptAnswers, marksOf } from './kept-answers.ts'

interface Answer {
  file: NetworkFile
  report: NetworkReport
}

/** Files that are networks, as they were lately found to be. */
export interface NetworkFiles {
  describe(work: NetworkWork): Promise<Answer>
}

export function createNetworkFiles(reader = createNetworkReader()): NetworkFiles {
  const kept = keptAnswers<Answer>()
  return {
    describe: async (work) => kept(JSON.stringify([work, await marksOf(work.path)]), () => reader.run(work)),
  }
}
