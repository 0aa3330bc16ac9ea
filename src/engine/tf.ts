export * from './tensorflow/index.ts'
