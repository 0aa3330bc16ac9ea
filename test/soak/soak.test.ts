import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differencesOf, factsOf } from '../../scripts/soak/facts.ts'
import { wholePlan, type Plan } from '../../scripts/soak/plan.ts'
import type { SoakRecord } from '../../scripts/soak/record.ts'
import { reportOf, reportText } from '../../scripts/soak/report.ts'
import { soak, type SoakOptions } from '../../scripts/soak/soak.ts'
import { analyses } from '../../src/readings/analyses/index.ts'
import { exitLosses } from '../../src/engine/losses/index.ts'
import { families } from '../../src/engine/networks/families.ts'
import { optimisers } from '../../src/engine/optimisers/index.ts'
import { workspaceAt } from '../../src/main/store/workspace.ts'
import { readManifest, writeManifest } from '../../src/files/checkpoint-manifest.ts'

const kills = 3
const patience = 600_000
let folder: string
let record: SoakRecord

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-soak-'))
  record = await soak(optionsOf({}))
}, patience)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One run and one analysis of the soak's own plan; the run's phase once more, in a depot. */
function smallPlan(): Plan {
  const { experiments, analyses } = wholePlan(folder)
  return {
    experiments: [{ ...experiments[0]!, regimes: ['joint'] }],
    analyses: [analyses[0]!],
    depotRuns: ['resnet-joint-s1'],
  }
}

function optionsOf(changes: Partial<SoakOptions>): SoakOptions {
  const common = { folder, plan: smallPlan(), kills, seed: 4, setUp: 'here' }
  return { ...common, progress: () => {}, began: () => {}, ...changes }
}

describe('a soak', () => {
  test('kills as often as requested, and an interrupted round ends like an uninterrupted one', () => {
    expect(record.kills).toHaveLength(kills)
    expect(record.rounds.map(({ mismatches, done }) => ({ mismatches, done }))).toEqual(
      record.rounds.map(() => ({ mismatches: [], done: true })),
    )
    expect(reportOf(record)).toMatchObject({ kills, mismatches: [] })
  })

  test(
    'continues after an interruption, and finds what that leaves behind',
    async () => {
      const seeds = record.rounds.map(({ seed }) => seed)
      let stray: string | null = null
      const longer = await soak(
        optionsOf({
          kills: kills + 1,
          progress({ kills: { length }, rounds }) {
            if (length !== kills + 1 || stray !== null) return
            stray = join(folder, `round-${rounds.at(-1)!.number}`, 'evaluations', 'stray.partial')
            writeFileSync(stray, '')
          },
        }),
      )
      expect(longer.kills).toHaveLength(kills + 1)
      expect(longer.rounds.map(({ seed }) => seed)).toEqual([...seeds, 4 + seeds.length])
      const { mismatches } = reportOf(longer)
      expect(mismatches.map(({ seed, text }) => ({ seed, text }))).toEqual([
        { seed: 4 + seeds.length, text: expect.stringMatching(/^file evaluations\/stray\.partial: expected nothing/) },
      ])
      expect(reportText(reportOf(longer))).toContain(`\`--seed ${4 + seeds.length}\``)
    },
    patience,
  )
})

test('the plan has every network family, optimiser, loss between exits and analysis, and regimes of its own', () => {
  const { experiments, analyses: questions } = wholePlan(folder)
  const own = experiments.flatMap(({ regimes }) => regimes).filter((regime) => typeof regime !== 'string')
  expect(experiments.map(({ network }) => network.family)).toEqual(expect.arrayContaining([...families.names()]))
  expect(experiments.map(({ training }) => training.optimiser)).toEqual(expect.arrayContaining([...optimisers.names()]))
  expect(experiments.flatMap(({ objective }) => Object.keys(objective ?? {}))).toEqual(
    expect.arrayContaining([...exitLosses.names()]),
  )
  expect(questions.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...analyses.names()]))
  expect(own.length).toBeGreaterThan(1)
})

test('the files that the plan names are there', () => {
  const named = [...JSON.stringify(wholePlan(folder)).matchAll(/"([^"]*\.(?:json|onnx|ts|yaml))"/g)].map(
    ([, file]) => file!,
  )
  expect(named.length).toBeGreaterThan(1)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})

describe('the comparison of a round with the uninterrupted one', () => {
  test('finds a changed byte of weights, although manifest and store agree with it', async () => {
    const { reference, altered } = copied()
    const [phase] = readdirSync(workspaceAt(altered).checkpoints)
    const checkpoints = join(workspaceAt(altered).checkpoints, phase!)
    const file = join(checkpoints, 'final.safetensors')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1]! ^= 1
    writeFileSync(file, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await writeManifest(checkpoints, { ...(await readManifest(checkpoints, 'final.safetensors'))!, sha256 })
    inStore(altered, `UPDATE phases SET checkpoint_sha256 = '${sha256}'`)
    expect(whatDiffers(reference, altered)).toEqual([
      `phase ${phase}`,
      `file checkpoints/${phase}/final.safetensors`,
      `file checkpoints/${phase}/final.safetensors.manifest.json`,
    ])
  })

  test.each([
    [
      'a metric',
      `UPDATE epoch_metrics SET value = value + 1e-12 WHERE metric = 'loss' AND epoch = 2 AND exit = 0`,
      /^phase [0-9a-f]+$/,
    ],
    ['a gradient dominance', 'DELETE FROM epoch_dominance WHERE epoch = 1', /^phase [0-9a-f]+$/],
    ['an evaluation', 'DELETE FROM evaluations', /^run resnet-joint-s1$/],
    ['the progress of an analysis', 'UPDATE analyses SET done = 0, total = 0', /^analysis gradient-dominance /],
  ])('finds a changed %s in the store', (_, statement, about) => {
    const { reference, altered } = copied()
    inStore(altered, statement)
    expect(whatDiffers(reference, altered)).toEqual([expect.stringMatching(about)])
  })

  test('finds an epoch that the events of a phase in a depot lack, and not one that is told twice', () => {
    const { reference, altered } = copied()
    const [phase] = readdirSync(join(altered, 'depot')).filter((name) => name.length === 64)
    const events = join(altered, 'depot', phase!, 'events.jsonl')
    const text = readFileSync(events, 'utf8')
    writeFileSync(events, text + text)
    expect(whatDiffers(reference, altered)).toEqual([])
    writeFileSync(events, text.replace('"epoch":2', '"epoch":4'))
    expect(whatDiffers(reference, altered)).toEqual([`file depot/${phase}/events.jsonl`])
  })

  test('finds a lost run, and a lost file', () => {
    const { reference, altered } = copied()
    const { checkpoints } = workspaceAt(altered)
    const evaluated = readdirSync(checkpoints).find((phase) =>
      existsSync(join(checkpoints, phase, 'evaluation.safetensors')),
    )
    rmSync(join(checkpoints, evaluated!, 'evaluation.safetensors'))
    inStore(altered, "UPDATE runs SET status = 'queued'")
    expect(whatDiffers(reference, altered)).toEqual([
      'run resnet-joint-s1',
      `file checkpoints/${evaluated}/evaluation.safetensors`,
    ])
  })
})

function copied() {
  const reference = join(folder, 'reference')
  const altered = mkdtempSync(join(folder, 'altered-'))
  cpSync(reference, altered, { recursive: true })
  return { reference, altered }
}

function inStore(workspace: string, statement: string): void {
  const database = new Database(workspaceAt(workspace).database)
  database.exec(statement)
  database.close()
}

function whatDiffers(reference: string, altered: string): string[] {
  return differencesOf(factsOf(reference), factsOf(altered)).map((text) => text.split(':')[0]!)
}
