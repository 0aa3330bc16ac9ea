import { z } from 'zod'

/** Columns of a table of texts. A text has a class, or a value that is to be predicted. */
export const textColumns = z.strictObject({
  text: z.string().min(1).default('text').describe('Column of the texts.'),
  text2: z.string().min(1).optional().describe('Column of the second texts, for pairs.'),
  label: z.string().min(1).optional().describe('Column of the class names. Default: label, unless value is given.'),
  value: z.string().min(1).optional().describe('Column of the values to be predicted (regression), instead of label.'),
})
export type TextColumns = z.infer<typeof textColumns>
