import { z } from 'zod'

/** Samples that a comparison may be read on. */
export const readSplits = ['validation', 'test'] as const
export type ReadSplit = (typeof readSplits)[number]

/** On which samples a comparison was read, as keys of what it says. */
export const readOnKeys = {
  /** Absent: test samples. */
  readOn: z.literal('validation').optional(),
  /** When the test values of all series of a sweep were opened, in milliseconds since 1970; absent: they are closed, or it is no sweep. */
  testOpenedAt: z.int().optional(),
}
export interface ReadOn {
  readOn?: 'validation' | undefined
  testOpenedAt?: number | undefined
}

/** On which samples values were measured, and thresholds chosen: absent where none are chosen, or each series says it. */
export interface ReadSamples {
  readOn: ReadSplit | 'both'
  thresholdsOn?: ReadSplit | 'both'
}

/** Which test values a sweep has, so that nobody chooses a series by them (method 7.19). */
export const closedRule = 'Until someone opens the test values of a sweep, only that of the best series is shown.'

/** What a caption says of opened test values, as sentences. */
export function readOnSentences({ readOn, testOpenedAt }: ReadOn): string[] {
  if (readOn || testOpenedAt === undefined) return []
  const day = new Date(testOpenedAt).toISOString().slice(0, 10)
  return [
    `Test values of all series of this sweep were opened on ${day}: the test value of a series that is chosen by them is too good.`,
  ]
}

/** Of several, the first one of a sweep whose test values were opened. */
export const openedIn = (all: readonly ReadOn[]): ReadOn =>
  all.find(({ testOpenedAt }) => testOpenedAt !== undefined) ?? {}
