import type { Layer, Units } from '../layers/layer.ts'

export interface HeadOptions {
  /** Features behind the block: [height, width, channels] or [tokens, features]. */
  inputShape: readonly number[]
  classes: number
  /** Units the features' last axis is made of. */
  units: Units
}

/** A kind of exit head. */
export interface Head {
  info: { title: string; summary: string; paper: string }
  /** A head whose parameters are named `<name>.…`: features → logits [classes]. */
  create(name: string, options: HeadOptions): Layer
}
