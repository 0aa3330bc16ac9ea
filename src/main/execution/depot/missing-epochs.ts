import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { eventsName, readEvents } from './events.ts'
import type { PhaseEvent } from '../../../shared/phases/phase-events.ts'

interface Results {
  weights: { sha256: string; epoch: number } | null
  evaluation: { sha256: string } | null
}

/**
 * Reads the events of a trained phase whole. @returns the last event of each epoch that they tell, ascending, and the epochs that the
 * file should have and lacks: none where there is no file, as of a phase that was trained in a workspace.
 */
export async function readEpochs(folder: string, results: Results) {
  const { events } = await readEvents(folder)
  const told = new Map(events.flatMap((event) => (event.type === 'epoch' ? [[event.epoch, event] as const] : [])))
  return {
    told: [...told.values()].sort((a, b) => a.epoch - b.epoch),
    missing: existsSync(join(folder, eventsName)) ? missingEpochs(events, results) : [],
  }
}

/**
 * The trainer goes on behind an epoch, and writes the final weights, only once its event is on the disk: from the first start on
 * there is one of each, up to the number in the weights' manifest. Before it, the phase was trained in a workspace.
 */
function missingEpochs(events: readonly PhaseEvent[], { weights, evaluation }: Results): number[] {
  if (weights === null) return []
  const results = [weights.sha256, evaluation?.sha256]
  const tellsResults = events.some((event) => 'sha256' in event && results.includes(event.sha256))
  const first = events.find((event) => event.type === 'started')?.epoch ?? (tellsResults ? weights.epoch : 0)
  const told = new Set(events.flatMap((event) => (event.type === 'epoch' ? event.epoch : [])))
  const all = Array.from({ length: weights.epoch }, (_, index) => index + 1)
  return all.filter((epoch) => epoch > first && !told.has(epoch))
}
