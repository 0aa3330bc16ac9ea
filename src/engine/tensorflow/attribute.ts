import { dataType } from './data-types.ts'

/** Types of attributes in tfjs's binding (TFEOpAttr's `type`). */
export const attributeKind = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5, resource: 6 } as const

export interface Attribute {
  name: string
  type: number
  value: boolean | number | object | string | number[]
}

/** TensorFlow's attributes of an operation, as `attribute.int('axis', 1)`. */
export const attribute = {
  string: (name: string, value: string): Attribute => ({ name, type: attributeKind.string, value }),
  int: (name: string, value: number): Attribute => ({ name, type: attributeKind.int, value }),
  ints: (name: string, value: number[]): Attribute => ({ name, type: attributeKind.int, value }),
  float: (name: string, value: number): Attribute => ({ name, type: attributeKind.float, value }),
  bool: (name: string, value: boolean): Attribute => ({ name, type: attributeKind.bool, value }),
  shape: (name: string, value: number[]): Attribute => ({ name, type: attributeKind.shape, value }),
  type: (name: string, value: keyof typeof dataType): Attribute => ({
    name,
    type: attributeKind.type,
    value: dataType[value],
  }),
}

/** `T = float32`, an attribute of most operations. */
export const float32 = attribute.type('T', 'float32')

/** `dtype = float32` of resource variables. */
export const variableType = attribute.type('dtype', 'float32')
