/** How trainers work, wherever they do. */
export const trainingDefaults = {
  // At least every 60 s, its writing included.
  checkpointSeconds: 45,
  /** Waits before a crashed trainer is started again. */
  retryMilliseconds: [1_000, 5_000, 30_000],
} as const
