/** A panel of a figure as it is drawn. */
export interface DrawnPanel {
  /** Of its files, without ending. */
  name: string
  svg: string
  pdf: Blob
}
