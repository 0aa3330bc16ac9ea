/** A checkpoint on disk: `<file>` (safetensors) with `<file>.manifest.json` beside it, which holds the SHA-256. */
export interface CheckpointRef {
  /** Absolute path. */
  file: string
  sha256: string
}

/** The best checkpoint of a phase. */
export interface WeightsRef extends CheckpointRef {
  /** The phase that they must be of. */
  phaseId: string
}
