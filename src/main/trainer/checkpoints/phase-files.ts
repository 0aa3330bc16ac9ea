import { join } from 'node:path'
import type { TrainerEvent } from '../../../shared/phases/trainer-events.ts'
import type { CheckpointDetails, PhaseOutcome, TrainingProgress, TrainingSnapshot } from '../../../engine/index.ts'
import { decodeSnapshot, encodeSnapshot, encodeWeights } from './codec.ts'
import type { Provenance } from '../../../files/checkpoint-manifest.ts'
import type { CheckpointFolder } from './checkpoint-file.ts'
import type { FinalWeights } from './folder.ts'
import { epochName, stepName } from './checkpoint-file.ts'
import { readKept, writeFinal, writeSnapshot } from './folder.ts'

type Ended = Exclude<PhaseOutcome, { ended: 'paused' }>

interface PhaseFilesOptions {
  phaseId: string
  checkpoints: CheckpointFolder
  /** Versions that write the files, and those that wrote the files from which the phase resumes. */
  provenance: Provenance
  send(event: TrainerEvent): void
}

/** The files of a phase that is being trained. */
export function openPhaseFiles({ phaseId, checkpoints, provenance, send }: PhaseFilesOptions) {
  return {
    /** Writes a checkpoint and reports it. */
    async save(snapshot: TrainingSnapshot, { reason, improved }: CheckpointDetails): Promise<void> {
      const { epoch, step, keptEpoch } = snapshot.progress
      const name = nameOf(reason, snapshot.progress)
      const bytes = encodeSnapshot(phaseId, snapshot)
      const about = { epoch, step, keptEpoch, ...provenance }
      const file = await writeSnapshot(checkpoints, name, { bytes, about })
      send({ type: 'checkpoint', file, epoch, step, reason, improved })
    },
    /** Writes the best checkpoint of the phase and removes the others. */
    async finish({ ended, epochs, keptEpoch }: Ended): Promise<FinalWeights> {
      const path = join(checkpoints.folder, epochName(keptEpoch))
      const { model, progress } = decodeSnapshot(phaseId, await readKept(checkpoints, keptEpoch), path)
      const about = { epoch: epochs, step: progress.step, keptEpoch, ...provenance, ended }
      return writeFinal(checkpoints, { bytes: encodeWeights(phaseId, model), about })
    },
  }
}

function nameOf(reason: CheckpointDetails['reason'], { epoch, step }: TrainingProgress): string {
  return reason === 'epoch' ? epochName(epoch) : stepName(step)
}
