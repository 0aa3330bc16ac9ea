import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** An issue of a union is replaced by those of the branch whose discriminator matches, if there is one. */
export function chooseBranch(issue: Issue, prefix: readonly PropertyKey[] = []): Issue[] {
  const path = [...prefix, ...issue.path]
  const here = { ...issue, path }
  if (issue.code !== 'invalid_union') return [here]
  const meant = issue.errors.filter((branch) => !branch.some(refusesWhole))
  return meant.length === 1 ? meant[0]!.flatMap((inner) => chooseBranch(inner, path)) : [here]
}

function refusesWhole({ code, path }: Issue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys'
}
