import { askReading } from '../../readings/ask.ts'
import type { AnswerOf, QuestionOf, ReadingName } from '../../readings/index.ts'
import { useHost } from '../api/host.ts'
import { useImportsStore } from '../stores/imports.ts'
import { steady } from './steady.ts'
import { useRequest, type HostRequest } from './use-request.ts'

export interface AskedReading<Name extends ReadingName> {
  reading: Name
  question: Partial<QuestionOf<Name>>
}

/** What a built-in reading says, asked again when the question is another one, or what was imported. Null: nothing is asked. */
export function useReading<Name extends ReadingName>(
  ask: () => AskedReading<Name> | null,
): HostRequest<AnswerOf<Name>> {
  const { client } = useHost()
  const imports = useImportsStore()
  const asked = steady(ask)
  return useRequest((signal) => {
    void imports.contents
    return asked.value && askReading(client, asked.value, { signal })
  })
}
