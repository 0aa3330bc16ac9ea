/** What others made, and the licence that it is used under. A build writes those of all that it contains. */
export interface Notice {
  name: string
  version: string
  /** `MIT` */
  licence: string
  /** Where its source is; null: it does not say. */
  source: string | null
  /** Of its licences and notices. */
  texts: string[]
}
