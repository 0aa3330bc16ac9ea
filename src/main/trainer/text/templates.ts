import { z } from 'zod'

/** An item of a row: the ids of a special token, or a text. */
export type Item = { ids: number[]; segment: number } | { text: 'A' | 'B'; segment: number }

type Templates = Record<'single' | 'pair', Item[]>

const piece = z.union([
  z.object({ SpecialToken: z.object({ id: z.string(), type_id: z.int() }) }),
  z.object({ Sequence: z.object({ id: z.enum(['A', 'B']), type_id: z.int() }) }),
])
const special = z.tuple([z.string(), z.int().nonnegative()])

/** `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, as tokenizers of BERT models say so in one of two ways. */
const postProcessor = z.union([
  z
    .object({
      type: z.literal('TemplateProcessing'),
      single: z.array(piece),
      pair: z.array(piece),
      special_tokens: z.record(z.string(), z.object({ ids: z.array(z.int().nonnegative()) })),
    })
    .transform(({ single, pair, special_tokens }) => {
      const items = (pieces: z.infer<typeof piece>[]): Item[] =>
        pieces.map((each) =>
          'Sequence' in each
            ? { text: each.Sequence.id, segment: each.Sequence.type_id }
            : { ids: special_tokens[each.SpecialToken.id]?.ids ?? [], segment: each.SpecialToken.type_id },
        )
      return { single: items(single), pair: items(pair) }
    }),
  z
    .object({ type: z.literal('BertProcessing'), cls: special, sep: special })
    .transform(({ cls: [, cls], sep: [, sep] }) => {
      const single: Item[] = [
        { ids: [cls], segment: 0 },
        { text: 'A', segment: 0 },
        { ids: [sep], segment: 0 },
      ]
      return { single, pair: [...single, { text: 'B', segment: 1 }, { ids: [sep], segment: 1 }] satisfies Item[] }
    }),
])

/** What stands around a text and a pair of texts. Throws what `refuse` makes of it where a tokenizer.json does not say. */
export function templatesOf(content: object, refuse: (problem: string) => Error): Templates {
  const { data } = postProcessor.safeParse((content as { post_processor?: unknown }).post_processor)
  if (data !== undefined && [data.single, data.pair].every(isInOrder)) return data
  throw refuse('does not say which tokens stand around a text and a pair of texts ([CLS] … [SEP] … [SEP])')
}

/** Whether it begins with a special token, which exits read, and its second segment, if any, comes last. */
function isInOrder(template: readonly Item[]): boolean {
  const segments = template.map(({ segment }) => segment)
  return (
    'ids' in template[0]! &&
    template[0].ids.length > 0 &&
    segments.every((each, index) => each <= 1 && each >= (segments[index - 1] ?? 0))
  )
}
