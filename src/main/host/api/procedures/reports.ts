import { os } from '../contract.ts'

/** Reports of own runs. What makes them is loaded where it is needed. */
export const reports = {
  topics: os.reports.topics.handler(async () => {
    const { allTopics } = await import('../../exports/report/topics.ts')
    return allTopics()
  }),

  read: os.reports.read.handler(async ({ input, context }) => {
    const { readReport } = await import('../../exports/report/index.ts')
    return readReport(context, input)
  }),

  files: os.reports.files.handler(async ({ input, context }) => {
    const { reportAsFiles } = await import('../../exports/report/index.ts')
    return reportAsFiles(context, input)
  }),
}
