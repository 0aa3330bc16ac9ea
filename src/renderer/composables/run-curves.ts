import type { RunCurve } from '../../readings/given.ts'

export type CurvePoints = RunCurve['points']

/** Curves by run, of what the host sends: how many points each has, and the numbers of all points one after the other. */
export async function curvesByRun({
  series,
  values,
}: {
  series: readonly { run: string; points: number }[]
  values: Blob
}): Promise<Map<string, CurvePoints>> {
  const numbers = new Float32Array(await values.arrayBuffer())
  let at = 0
  const next = () => numbers[at++]!
  return new Map(
    series.map(({ run, points }) => [run, Array.from({ length: points }, () => [next(), next()] as const)]),
  )
}
