import { z } from 'zod'
import { meanStd, protocols } from '../../shared/evaluation/evaluation.ts'
import { importedMark } from '../../shared/runs/imported.ts'
import { costKeys } from '../../shared/evaluation/cost-kind.ts'
import { readOnKeys } from '../../shared/evaluation/read-on.ts'
import { otherTask } from '../../shared/methods/task.ts'
import { differencesAnswer } from '../differences/schema.ts'
import { budgetQuestion, costUnit, publishedValues } from '../question.ts'
import { anySeries } from '../../shared/experiment/series-identity.ts'

export const budgetsQuestion = budgetQuestion.extend({
  /** Whether each series is marked as better or worse than the one it is tested `against`: its name; null: the best at each budget. */
  marked: z.boolean().default(false),
  against: z.string().nullable().default(null),
  published: publishedValues,
  /** Whether a table has a row for each seed below that of its series. */
  eachSeed: z.boolean().default(false),
  unit: costUnit,
})

/** The task's primary metric in its unit, and the mean cost per sample. */
const budgetCell = meanStd.extend({
  budget: z.number().nullable(),
  /** null where only the fraction is known. */
  cost: z.number().nullable(),
  /** Cost as a fraction of the backbone's; of an imported series whose multiply-adds are not known. */
  fraction: z.number().optional(),
})
export type BudgetCell = z.infer<typeof budgetCell>

/** Cost of a cell as a fraction of the backbone's. */
export const costFraction = (
  { cost, fraction }: Pick<BudgetCell, 'cost' | 'fraction'>,
  { backboneCost }: { backboneCost: number | null },
): number => fraction ?? cost! / backboneCost!

/** `gain`: measured minus published; null where that is for another network, exit rule, objective or other data. */
const publishedCell = meanStd.extend({ gain: z.number().nullable() })
export type PublishedCell = z.infer<typeof publishedCell>

const budgetRow = anySeries.extend({
  seeds: z.array(z.number()),
  /** Ids, in the order of the seeds. */
  runs: z.array(z.string()),
  /** Cost of the bare backbone, of which budgets are fractions; null: not known, of an imported series. */
  backboneCost: z.number().nullable(),
  imported: importedMark.optional(),
  readOn: readOnKeys.readOn,
  /** One a budget; null where not even the cheapest threshold fits. */
  cells: z.array(budgetCell.nullable()),
  /** [seeds][budgets]: each seed read alone, without a deviation. */
  seedCells: z.array(z.array(budgetCell.nullable())),
  /** One a budget, where published values were asked for and are of these runs' regime. */
  published: z.array(publishedCell.nullable()).optional(),
})
export type BudgetRow = z.infer<typeof budgetRow>

export const budgetsAnswer = z.object({
  ...readOnKeys,
  task: otherTask,
  ...costKeys,
  protocol: z.enum(protocols),
  /** Name of an exit rule; null where only imported results are compared. */
  rule: z.string().nullable(),
  budgets: z.array(z.number().nullable()),
  rows: z.array(budgetRow),
  /** Where marks were asked for; `against` null: the best at each budget, the second of its pairs. */
  marks: z.object({ against: z.string().nullable(), atBudgets: differencesAnswer.shape.atBudgets }).optional(),
  /** Of the published values; `fits`: whether they are of what some of the runs were trained with. */
  published: z.object({ key: z.string(), title: z.string(), fits: z.boolean() }).optional(),
})
export type BudgetsAnswer = z.infer<typeof budgetsAnswer>

/** A row of runs. */
export type OwnRow = BudgetRow & { regime: string; backboneCost: number }

/** Rows of runs, without those of imported results. */
export const ownRows = (rows: readonly BudgetRow[]): OwnRow[] => rows.filter((row): row is OwnRow => !row.imported)
