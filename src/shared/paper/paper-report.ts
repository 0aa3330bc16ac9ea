import { z } from 'zod'
import { checklistEntry, reportEnvironment, reportSettings } from '../tables/report.ts'
import { meanStd } from '../evaluation/evaluation.ts'
import { paperScales, paperStatus } from './paper.ts'
import { pairedDifference } from '../statistics/paired.ts'
import { paperRegimes } from '../methods/regime-names.ts'
import { otherTask } from '../methods/task.ts'

const ownCell = meanStd.extend({
  /** Seeds. */
  n: z.int(),
})

/** Own values of a row, of each budget. */
const ownValues = z.object({
  own: z.array(ownCell.nullable()),
  /** Of each seed, read alone. */
  ownSeeds: z.array(
    z.object({
      seed: z.int(),
      /** Id of the last phase of its run: rows of two tables that have it are of the same weights. */
      phase: z.string(),
      values: z.array(z.number().nullable()),
    }),
  ),
})
export type OwnValues = z.infer<typeof ownValues>

/** A table of the paper with published and own values of the task's primary metric in its unit (method 7). */
export const paperTable = z.object({
  /** Of the item that it belongs to: `table-8`. */
  item: z.string(),
  /** Its own: `table-1a`, where one printed table holds several settings; else the item's. */
  id: z.string(),
  /** `Table 8: ResNet-34, CIFAR-100, SDN`. */
  title: z.string(),
  task: otherTask,
  /** Exit rule of its values; missing: the default of its task. */
  rule: z.string().optional(),
  /** Fractions of the backbone's cost; null: Unlimited. */
  budgets: z.array(z.number().nullable()),
  /** Network and data of the published values. */
  publishedSetting: z.string(),
  /** Network and data of the own values; null where there are none. */
  ownSetting: z.string().nullable(),
  /** Whether published and own values have the same setting. Only then is their difference shown. */
  sameSetting: z.boolean(),
  /** Names of the experiments of the own values. */
  experiments: z.array(z.string()),
  rows: z.array(
    ownValues.extend({
      regime: z.enum(paperRegimes),
      /** Label of the row, where the table has several rows of a regime. */
      variant: z.string().nullable(),
      published: z.array(meanStd.nullable()),
      /** The same of runs with equally many epochs in each regime, in place of early stopping; null: there are none. */
      equalEpochs: ownValues.nullable(),
    }),
  ),
})
export type PaperTable = z.infer<typeof paperTable>

/** `agrees`: as stated, and clear of chance. `disagrees`: otherwise, clear of chance. `undecided`: chance explains either. `untested`: chance cannot be judged (`untestedReasons`). `missing`: no runs. */
const claimVerdicts = ['agrees', 'disagrees', 'undecided', 'untested', 'missing'] as const
export type ClaimVerdict = (typeof claimVerdicts)[number]

/**
 * A contrast on own runs, paired by seed, with its two-sided 95 % t interval; p is of its distance to what is stated, or why there is none.
 * `n`: seeds, of the network with the fewest.
 */
const claimDifference = pairedDifference.omit({ pairCount: true }).extend({ n: z.int() })
export type ClaimDifference = z.infer<typeof claimDifference>

/** One contrast of a claim in one table at one budget: a detail, without a verdict and uncorrected. */
const claimTest = z.object({
  /** `paperTable.id`. */
  table: z.string(),
  /** Network and data of its published values: `ViT-S, ImageNet-1k`. */
  setting: z.string(),
  budget: z.number().nullable(),
  /** Rows that are compared: `mixed − disjoint`, `mixed, 2L-1024 − mixed, 1L`. */
  contrast: z.string(),
  /** Published difference of means, in the metric's unit (points of %); null where a value is not printed. */
  published: z.number().nullable(),
  publishedHolds: z.boolean().nullable(),
  own: claimDifference.nullable(),
  /** Whether the own difference itself is as stated, whatever its interval; null: there is none. */
  ownHolds: z.boolean().nullable(),
  /** Id of the table in which the claim has this test of the same runs and numbers already, and where it counts; null: here. */
  repeats: z.string().nullable(),
})
export type ClaimTest = z.infer<typeof claimTest>

/** What some own runs say of a claim under a rule of testing. */
const ruleAnswer = z.object({
  own: claimDifference.nullable(),
  ownHolds: z.boolean().nullable(),
  /** p of `own`, corrected by Holm over all claims; null: it has none. */
  correctedP: z.number().nullable(),
  ownVerdict: z.enum(claimVerdicts),
})
export type RuleAnswer = z.infer<typeof ruleAnswer>

/** What some own runs say of a claim: over the seeds that all its tests of one network have, and over independent networks (method 7.10). */
const claimAnswer = ruleAnswer.extend({
  /** The same under the former rule of testing: over the seeds that all its tests have. */
  former: ruleAnswer,
  tests: z.array(claimTest),
})
export type ClaimAnswer = z.infer<typeof claimAnswer>

/** A finding of the paper as one contrast, the mean of its tests, and whether published values and own runs bear it out. */
const paperClaim = claimAnswer.extend({
  id: z.string(),
  statement: z.string(),
  task: otherTask,
  /** What it says of its contrast: `≥ 9`, `≥ −0.5`, `within ±1.1`. Of a metric that is better when lower it says `≤ 0` where the first row is to be better. */
  expected: z.string(),
  /** Whether own values have another setting than the published ones. */
  otherSetting: z.boolean(),
  published: z.number().nullable(),
  publishedHolds: z.boolean().nullable(),
  /** Of the tests that were trained once more with equally many epochs in each regime, a family of their own; null: there are none. */
  equalEpochs: claimAnswer.nullable(),
})
export type PaperClaim = z.infer<typeof paperClaim>

/** When claims got the rule by which they are tested, and whether own runs were there by then. */
const testRule = z.object({
  /** The rule is in force since, milliseconds since 1970; before, it was the former one. */
  since: z.int(),
  /** When the first of the own runs had begun to be trained, milliseconds since 1970: then, or, where that is not recorded, by then; null: there are none. */
  firstRun: z.object({ by: z.int(), isRecorded: z.boolean() }).nullable(),
})
export type TestRule = z.infer<typeof testRule>

export const paperClaims = z.object({
  claims: z.array(paperClaim),
  testRule,
  /** Items of the tables that the claims are tested in, by `paperTable.id`. */
  items: z.record(z.string(), z.string()),
})
export type PaperClaims = z.infer<typeof paperClaims>
export type TestedClaims = Pick<PaperClaims, 'claims' | 'testRule'>

/** A figure of the paper from own runs. */
export const paperFigure = z.object({
  item: z.string(),
  title: z.string(),
  caption: z.string(),
  /** File names of its panels without ending (`figure-3-disjoint-mixed`), with a sentence of what each shows; empty where nothing is done. */
  panels: z.array(z.object({ name: z.string(), sentence: z.string() })),
  /** Why it is not there or not whole; null: it is. */
  missing: z.string().nullable(),
})
export type PaperFigure = z.infer<typeof paperFigure>

/** Everything that the report says, without its pictures. */
export const paperReport = z.object({
  scale: z.enum(paperScales),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
  status: paperStatus,
  tables: z.array(paperTable),
  figures: z.array(paperFigure),
  claims: z.array(paperClaim),
  testRule,
  /** SHA-256 of the file that has the claims, resources/paper-claims.yaml. */
  claimsHash: z.string(),
  /** Settings of each experiment in words, in the order of the experiments. */
  settings: z.array(reportSettings.extend({ file: z.string(), seconds: z.number() })),
  environment: reportEnvironment,
  checklist: z.array(checklistEntry),
})
export type PaperReport = z.infer<typeof paperReport>
