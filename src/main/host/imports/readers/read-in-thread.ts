import { ExitlabError, type ErrorCode, type ErrorFields } from '../../../../shared/basics/error.ts'
import { createThreads, type Threads } from '../../../execution/threads/threads.ts'
import type { MissingChoice } from './import-choice.ts'
import type { ImportWork } from '../../../../contract/imports.ts'
import type { Prepared } from './prepare-imports.ts'

/** Why nothing can be added, with the tags or columns to choose from. */
export interface Refused extends Pick<Prepared, 'names' | 'patterns'> {
  refusal: { code: ErrorCode; message: string; fields: ErrorFields; missing: MissingChoice | null }
}

/** Reads one file after the other: a window and a terminal may ask at once. */
const threadCount = 2
/** For the largest files on a slow disk; anything else takes seconds. */
const minutes = 2

/** Reads files of other programs, which may be anything, in a thread, so that the host answers others. */
export function createImportReader(limitMs = minutes * 60_000): Threads<ImportWork, Prepared | Refused> {
  return createThreads(new URL('./import-worker.ts', import.meta.url), threadCount, {
    ms: limitMs,
    exceeded: ({ paths }, at) =>
      new ExitlabError(
        'data',
        `${at ?? paths[0]} could not be read within ${limitMs / 1000} s, the most that an import may take. Copy it to a faster disk, or import fewer or smaller files.`,
      ),
  })
}
