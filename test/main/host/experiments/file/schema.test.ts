import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { settingPathsModule } from '../../../../../scripts/setting-paths.ts'
import { experimentSchema, publishedSchema } from '../../../../../src/main/host/experiments/file/schema.ts'
import type { JsonSchema } from '../../../../../src/shared/basics/json-schema.ts'
import { readExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yaml'))

/** Paths of keys that lack a description. */
function undescribed(schema: JsonSchema, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
    ...(child['description'] === undefined && child.const === undefined ? [`${path}.${key}`] : []),
    ...undescribed(child, `${path}.${key}`),
  ])
  return [...own, ...(schema.oneOf ?? schema.anyOf ?? []).flatMap((branch) => undescribed(branch, path))]
}

describe('the published schema', () => {
  it('is the one that the code reads by (else run: npm run schema)', () => {
    expect(readFileSync(join(root, 'resources/experiment.schema.json'), 'utf8')).toBe(publishedSchema())
  })

  it('has the settings that the window lists (else run: npm run schema)', () => {
    expect(readFileSync(join(root, 'src/shared/experiment/setting-paths.ts'), 'utf8')).toBe(
      settingPathsModule(experimentSchema),
    )
  })

  it('describes every key', () => {
    expect(undescribed(experimentSchema)).toEqual([])
  })
})

describe('the examples', () => {
  it.each(examples)('%s can be run, and names the schema for editors', async (name) => {
    const { source } = await readExperiment(join(root, 'examples', name))
    expect(source.split('\n')[0]).toBe('# yaml-language-server: $schema=../resources/experiment.schema.json')
  })
})
