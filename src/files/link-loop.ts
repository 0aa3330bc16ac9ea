import { ExitlabError } from '../shared/error.ts'

/** Refuses a path at which the system found links that lead to each other, or to themselves. @throws ExitlabError `conflict` */
export function refuseLinkLoop(path: string, error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ELOOP') return
  throw new ExitlabError(
    'conflict',
    `${path} leads through links in a circle, so that nothing can be there. Remove these links, or choose another path.`,
    { cause: error },
  )
}
