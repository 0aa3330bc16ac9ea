import type { AnswerOf, QuestionOf, ReadingName } from './index.ts'

/** The part of a client that answers readings. */
interface Answering {
  readings: {
    ask(
      asked: { reading: string; question?: Record<string, unknown> },
      options?: { signal?: AbortSignal },
    ): Promise<unknown>
  }
}

/** What a built-in reading says; the host checks question and answer against its schemas. */
export async function askReading<Name extends ReadingName>(
  client: Answering,
  asked: { reading: Name; question?: Partial<QuestionOf<Name>> },
  options: { signal?: AbortSignal } = {},
): Promise<AnswerOf<Name>> {
  return (await client.readings.ask(asked, options)) as AnswerOf<Name>
}
