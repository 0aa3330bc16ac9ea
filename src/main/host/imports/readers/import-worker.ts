/** A thread that reads files of other programs (read-in-thread.ts). */
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { serve } from '../../../execution/threads/serve.ts'
import { ChoiceNeeded } from './import-choice.ts'
import type { ImportWork } from '../../../../contract/imports.ts'
import { choicesOf, prepareImports, type Prepared } from './prepare-imports.ts'
import type { Refused } from './read-in-thread.ts'

/** Refusals are answers: they keep the names to choose from. */
async function preparedOrRefused(work: ImportWork, say: (path: string) => void): Promise<Prepared | Refused> {
  try {
    return await prepareImports(work, say)
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    const { code, message, fields } = error
    const choice = error instanceof ChoiceNeeded ? error : { names: [], missing: null }
    return { ...choicesOf(choice.names), refusal: { code, message, fields, missing: choice.missing } }
  }
}

serve(preparedOrRefused)
