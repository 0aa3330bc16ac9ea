import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'

type Path = (string | number)[]

/** Every place of a value. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([key, each]) =>
    pathsIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return path.length === 0 ? inner : [path, ...inner]
}

/** With something else at a place. */
function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  const copy = structuredClone(value) as Record<string | number, unknown>
  copy[key] = replaced(copy[key], rest, other)
  return copy
}

const others = [null, '', 'x', -1, true, [], [null], {}, { a: 1 }]

/** Names a line at which something is wrong. */
const refusal = {
  code: 'invalid-experiment',
  fields: { problems: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]) as object[] },
}

test.each(['quickstart', 'sweep'])('whatever stands in the place of a value of %s.yaml is read or refused', (name) => {
  const source = readFileSync(new URL(`../../../../../examples/${name}.yaml`, import.meta.url), 'utf8')
  const file: unknown = parse(source)
  const errors = pathsIn(file).flatMap((path) =>
    others.flatMap((other) => {
      try {
        parseExperiment(stringify(replaced(file, path, other)), name)
        return []
      } catch (error) {
        return [error]
      }
    }),
  )
  expect(errors.length).toBeGreaterThan(50)
  for (const error of errors) expect(error).toMatchObject(refusal)
})
