import { ExitlabError } from '../../shared/basics/error.ts'
import type { Attribute } from './attribute.ts'
import { attributeKind } from './attribute.ts'
import type { CApi, Pointer } from './c-api.ts'

/** One operation under construction: the same setters for an eager operation and for a node of a graph. */
interface AttributeWriter {
  string(name: string, value: string): void
  int(name: string, value: number): void
  ints(name: string, values: number[]): void
  float(name: string, value: number): void
  floats(name: string, values: number[]): void
  bool(name: string, value: boolean): void
  type(name: string, value: number): void
  types(name: string, values: number[]): void
  shape(name: string, dims: number[]): void
}

const int64 = (values: readonly number[]) => BigInt64Array.from(values, BigInt)

export function eagerAttributes(api: CApi, op: Pointer, status: Pointer): AttributeWriter {
  return {
    string: (name, value) => {
      const bytes = Buffer.from(value)
      api.TFE_OpSetAttrString(op, name, bytes, bytes.length)
    },
    int: (name, value) => api.TFE_OpSetAttrInt(op, name, value),
    ints: (name, values) => api.TFE_OpSetAttrIntList(op, name, int64(values), values.length),
    float: (name, value) => api.TFE_OpSetAttrFloat(op, name, value),
    floats: (name, values) => api.TFE_OpSetAttrFloatList(op, name, Float32Array.from(values), values.length),
    bool: (name, value) => api.TFE_OpSetAttrBool(op, name, Number(value)),
    type: (name, value) => api.TFE_OpSetAttrType(op, name, value),
    types: (name, values) => api.TFE_OpSetAttrTypeList(op, name, Int32Array.from(values), values.length),
    shape: (name, dims) => api.TFE_OpSetAttrShape(op, name, int64(dims), dims.length, status),
  }
}

export function graphAttributes(api: CApi, description: Pointer): AttributeWriter {
  return {
    string: (name, value) => {
      const bytes = Buffer.from(value)
      api.TF_SetAttrString(description, name, bytes, bytes.length)
    },
    int: (name, value) => api.TF_SetAttrInt(description, name, value),
    ints: (name, values) => api.TF_SetAttrIntList(description, name, int64(values), values.length),
    float: (name, value) => api.TF_SetAttrFloat(description, name, value),
    floats: (name, values) => api.TF_SetAttrFloatList(description, name, Float32Array.from(values), values.length),
    bool: (name, value) => api.TF_SetAttrBool(description, name, Number(value)),
    type: (name, value) => api.TF_SetAttrType(description, name, value),
    types: (name, values) => api.TF_SetAttrTypeList(description, name, Int32Array.from(values), values.length),
    shape: (name, dims) => api.TF_SetAttrShape(description, name, int64(dims), dims.length),
  }
}

/** Hands tfjs's attribute list to TensorFlow. */
export function writeAttributes(writer: AttributeWriter, attributes: readonly Attribute[]): void {
  for (const { name, type, value } of attributes) {
    const list = Array.isArray(value) ? (value as number[]) : null
    switch (type) {
      case attributeKind.string:
        writer.string(name, value as string)
        break
      case attributeKind.int:
        if (list) writer.ints(name, list)
        else writer.int(name, value as number)
        break
      case attributeKind.float:
        if (list) writer.floats(name, list)
        else writer.float(name, value as number)
        break
      case attributeKind.bool:
        writer.bool(name, Boolean(value))
        break
      case attributeKind.type:
        if (list) writer.types(name, list)
        else writer.type(name, value as number)
        break
      case attributeKind.shape:
        writer.shape(name, value as number[])
        break
      default:
        throw new ExitlabError(
          'engine',
          `Attribute ${name} has kind ${type}, which no operation here uses: expected 0 to 5`,
        )
    }
  }
}
