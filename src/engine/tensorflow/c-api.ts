import koffi from 'koffi'
import { openLibraries } from './library.ts'

/** A C pointer. */
export type Pointer = bigint
/** TF_Output: one output of one operation of a graph. */
export interface Output {
  oper: Pointer
  index: number
}
type Out = (Pointer | null)[]

/** The functions of TensorFlow's C interface that Exitlab calls, under their own names. */
export interface CApi {
  TF_Version(): string
  TF_NewStatus(): Pointer
  TF_DeleteStatus(status: Pointer): void
  TF_GetCode(status: Pointer): number
  TF_Message(status: Pointer): string

  TF_AllocateTensor(dtype: number, dims: BigInt64Array, rank: number, bytes: number): Pointer
  TF_DeleteTensor(tensor: Pointer): void
  TF_TensorData(tensor: Pointer): Pointer
  TF_TensorByteSize(tensor: Pointer): number
  TF_StringInit(string: Pointer): void
  TF_StringCopy(string: Pointer, bytes: Uint8Array, length: number): void
  TF_StringDealloc(string: Pointer): void

  TFE_NewContextOptions(): Pointer
  TFE_DeleteContextOptions(options: Pointer): void
  TFE_NewContext(options: Pointer, status: Pointer): Pointer
  TFE_ContextListDevices(context: Pointer, status: Pointer): Pointer
  TF_DeviceListCount(list: Pointer): number
  TF_DeviceListName(list: Pointer, index: number, status: Pointer): string
  TF_DeviceListType(list: Pointer, index: number, status: Pointer): string
  TF_DeleteDeviceList(list: Pointer): void
  TFE_ContextAddFunction(context: Pointer, fn: Pointer, status: Pointer): void
  TFE_ContextRemoveFunction(context: Pointer, name: string, status: Pointer): void

  TFE_NewTensorHandle(tensor: Pointer, status: Pointer): Pointer
  TFE_DeleteTensorHandle(handle: Pointer): void
  TFE_TensorHandleResolve(handle: Pointer, status: Pointer): Pointer
  TFE_TensorHandleDataType(handle: Pointer): number
  TFE_TensorHandleNumDims(handle: Pointer, status: Pointer): number
  TFE_TensorHandleDim(handle: Pointer, index: number, status: Pointer): number

  TFE_NewOp(context: Pointer, name: string, status: Pointer): Pointer
  TFE_DeleteOp(op: Pointer): void
  TFE_OpAddInput(op: Pointer, handle: Pointer, status: Pointer): void
  TFE_OpSetAttrString(op: Pointer, name: string, value: Uint8Array, length: number): void
  TFE_OpSetAttrInt(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrFloat(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrBool(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrType(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrShape(op: Pointer, name: string, dims: BigInt64Array, rank: number, status: Pointer): void
  TFE_OpSetAttrIntList(op: Pointer, name: string, values: BigInt64Array, count: number): void
  TFE_OpSetAttrFloatList(op: Pointer, name: string, values: Float32Array, count: number): void
  TFE_OpSetAttrTypeList(op: Pointer, name: string, values: Int32Array, count: number): void
  TFE_Execute: {
    (op: Pointer, outputs: Out, count: [number], status: Pointer): void
    async(op: Pointer, outputs: Out, count: [number], status: Pointer, done: (error: Error | null) => void): void
  }

  TF_NewGraph(): Pointer
  TF_DeleteGraph(graph: Pointer): void
  TF_NewOperation(graph: Pointer, type: string, name: string): Pointer
  TF_AddInput(description: Pointer, input: Output): void
  TF_AddInputList(description: Pointer, inputs: Output[], count: number): void
  TF_AddControlInput(description: Pointer, operation: Pointer): void
  TF_FinishOperation(description: Pointer, status: Pointer): Pointer
  TF_SetAttrString(description: Pointer, name: string, value: Uint8Array, length: number): void
  TF_SetAttrInt(description: Pointer, name: string, value: number): void
  TF_SetAttrFloat(description: Pointer, name: string, value: number): void
  TF_SetAttrBool(description: Pointer, name: string, value: number): void
  TF_SetAttrType(description: Pointer, name: string, value: number): void
  TF_SetAttrShape(description: Pointer, name: string, dims: BigInt64Array, rank: number): void
  TF_SetAttrIntList(description: Pointer, name: string, values: BigInt64Array, count: number): void
  TF_SetAttrFloatList(description: Pointer, name: string, values: Float32Array, count: number): void
  TF_SetAttrTypeList(description: Pointer, name: string, values: Int32Array, count: number): void
  TF_SetAttrTensor(description: Pointer, name: string, tensor: Pointer, status: Pointer): void
  TF_GraphGetTensorNumDims(graph: Pointer, output: Output, status: Pointer): number
  TF_GraphGetTensorShape(graph: Pointer, output: Output, dims: BigInt64Array, rank: number, status: Pointer): void
  TF_GraphSetTensorShape(graph: Pointer, output: Output, dims: BigInt64Array, rank: number, status: Pointer): void
  TF_OperationOutputType(output: Output): number
  TF_GraphToFunctionWithControlOutputs(...values: GraphToFunctionArguments): Pointer
  TF_DeleteFunction(fn: Pointer): void

  /** The C library's own. */
  memmove(target: Pointer | Uint8Array, source: Pointer | Uint8Array, bytes: number): Pointer
}

type GraphToFunctionArguments = [
  graph: Pointer,
  name: string,
  appendHash: number,
  operationCount: number,
  operations: Pointer[],
  inputCount: number,
  inputs: Output[],
  outputCount: number,
  outputs: Output[],
  outputNames: null,
  controlCount: number,
  controls: Pointer[],
  controlNames: string[],
  options: null,
  description: null,
  status: Pointer,
]

const prototypes = {
  TF_Version: 'const char* TF_Version()',
  TF_NewStatus: 'void* TF_NewStatus()',
  TF_DeleteStatus: 'void TF_DeleteStatus(void*)',
  TF_GetCode: 'int TF_GetCode(void*)',
  TF_Message: 'const char* TF_Message(void*)',

  TF_AllocateTensor: 'void* TF_AllocateTensor(int, void*, int, size_t)',
  TF_DeleteTensor: 'void TF_DeleteTensor(void*)',
  TF_TensorData: 'void* TF_TensorData(void*)',
  TF_TensorByteSize: 'size_t TF_TensorByteSize(void*)',
  TF_StringInit: 'void TF_StringInit(void*)',
  TF_StringCopy: 'void TF_StringCopy(void*, void*, size_t)',
  TF_StringDealloc: 'void TF_StringDealloc(void*)',

  TFE_NewContextOptions: 'void* TFE_NewContextOptions()',
  TFE_DeleteContextOptions: 'void TFE_DeleteContextOptions(void*)',
  TFE_NewContext: 'void* TFE_NewContext(void*, void*)',
  TFE_ContextListDevices: 'void* TFE_ContextListDevices(void*, void*)',
  TF_DeviceListCount: 'int TF_DeviceListCount(void*)',
  TF_DeviceListName: 'const char* TF_DeviceListName(void*, int, void*)',
  TF_DeviceListType: 'const char* TF_DeviceListType(void*, int, void*)',
  TF_DeleteDeviceList: 'void TF_DeleteDeviceList(void*)',
  TFE_ContextAddFunction: 'void TFE_ContextAddFunction(void*, void*, void*)',
  TFE_ContextRemoveFunction: 'void TFE_ContextRemoveFunction(void*, const char*, void*)',

  TFE_NewTensorHandle: 'void* TFE_NewTensorHandle(void*, void*)',
  TFE_DeleteTensorHandle: 'void TFE_DeleteTensorHandle(void*)',
  TFE_TensorHandleResolve: 'void* TFE_TensorHandleResolve(void*, void*)',
  TFE_TensorHandleDataType: 'int TFE_TensorHandleDataType(void*)',
  TFE_TensorHandleNumDims: 'int TFE_TensorHandleNumDims(void*, void*)',
  TFE_TensorHandleDim: 'int64_t TFE_TensorHandleDim(void*, int, void*)',

  TFE_NewOp: 'void* TFE_NewOp(void*, const char*, void*)',
  TFE_DeleteOp: 'void TFE_DeleteOp(void*)',
  TFE_OpAddInput: 'void TFE_OpAddInput(void*, void*, void*)',
  TFE_OpSetAttrString: 'void TFE_OpSetAttrString(void*, const char*, void*, size_t)',
  TFE_OpSetAttrInt: 'void TFE_OpSetAttrInt(void*, const char*, int64_t)',
  TFE_OpSetAttrFloat: 'void TFE_OpSetAttrFloat(void*, const char*, float)',
  TFE_OpSetAttrBool: 'void TFE_OpSetAttrBool(void*, const char*, uint8_t)',
  TFE_OpSetAttrType: 'void TFE_OpSetAttrType(void*, const char*, int)',
  TFE_OpSetAttrShape: 'void TFE_OpSetAttrShape(void*, const char*, void*, int, void*)',
  TFE_OpSetAttrIntList: 'void TFE_OpSetAttrIntList(void*, const char*, void*, int)',
  TFE_OpSetAttrFloatList: 'void TFE_OpSetAttrFloatList(void*, const char*, void*, int)',
  TFE_OpSetAttrTypeList: 'void TFE_OpSetAttrTypeList(void*, const char*, void*, int)',
  TFE_Execute: 'void TFE_Execute(void*, _Out_ void**, _Inout_ int*, void*)',

  TF_NewGraph: 'void* TF_NewGraph()',
  TF_DeleteGraph: 'void TF_DeleteGraph(void*)',
  TF_NewOperation: 'void* TF_NewOperation(void*, const char*, const char*)',
  TF_AddInput: 'void TF_AddInput(void*, TF_Output)',
  TF_AddInputList: 'void TF_AddInputList(void*, TF_Output*, int)',
  TF_AddControlInput: 'void TF_AddControlInput(void*, void*)',
  TF_FinishOperation: 'void* TF_FinishOperation(void*, void*)',
  TF_SetAttrString: 'void TF_SetAttrString(void*, const char*, void*, size_t)',
  TF_SetAttrInt: 'void TF_SetAttrInt(void*, const char*, int64_t)',
  TF_SetAttrFloat: 'void TF_SetAttrFloat(void*, const char*, float)',
  TF_SetAttrBool: 'void TF_SetAttrBool(void*, const char*, uint8_t)',
  TF_SetAttrType: 'void TF_SetAttrType(void*, const char*, int)',
  TF_SetAttrShape: 'void TF_SetAttrShape(void*, const char*, void*, int)',
  TF_SetAttrIntList: 'void TF_SetAttrIntList(void*, const char*, void*, int)',
  TF_SetAttrFloatList: 'void TF_SetAttrFloatList(void*, const char*, void*, int)',
  TF_SetAttrTypeList: 'void TF_SetAttrTypeList(void*, const char*, void*, int)',
  TF_SetAttrTensor: 'void TF_SetAttrTensor(void*, const char*, void*, void*)',
  TF_GraphGetTensorNumDims: 'int TF_GraphGetTensorNumDims(void*, TF_Output, void*)',
  TF_GraphGetTensorShape: 'void TF_GraphGetTensorShape(void*, TF_Output, void*, int, void*)',
  TF_GraphSetTensorShape: 'void TF_GraphSetTensorShape(void*, TF_Output, void*, int, void*)',
  TF_OperationOutputType: 'int TF_OperationOutputType(TF_Output)',
  TF_GraphToFunctionWithControlOutputs:
    'void* TF_GraphToFunctionWithControlOutputs(void*, const char*, uint8_t, int, void**, int, TF_Output*, int, TF_Output*, void*, int, void**, const char**, void*, const char*, void*)',
  TF_DeleteFunction: 'void TF_DeleteFunction(void*)',
} satisfies Record<Exclude<keyof CApi, 'memmove'>, string>

// A name that the prototypes use; each thread gives it once.
koffi.struct('TF_Output', { oper: 'void*', index: 'int' })

/** Opens the libraries in `folder` and declares the C functions. */
export function loadCApi(folder: string): CApi {
  const declare = openLibraries(folder)
  const functions = Object.entries(prototypes).map(([name, prototype]) => [name, declare(prototype)])
  const memmove = koffi.load(null).func('void* memmove(void*, void*, size_t)')
  return { ...Object.fromEntries(functions), memmove } as CApi
}
