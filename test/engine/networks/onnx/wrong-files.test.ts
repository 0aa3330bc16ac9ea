import { describe, expect, it } from 'vitest'
import { smallGraph } from '../../../support/small-graph.ts'
import { refuseOtherOutput, refuseWrongVariances } from '../../../../src/engine/networks/onnx/reading/wrong-files.ts'
import type { OnnxModel, OnnxTensor } from '../../../../src/shared/onnx-file/model.ts'

const tensor = (listed: number[], type = 1): OnnxTensor => ({
  ...{ name: 'variance', type, shape: [listed.length], bytes: null, listed },
})

describe('running variances', () => {
  /** Of a normalisation whose variances are an array of the network, or not. */
  function check(variance: OnnxTensor | undefined, { isArray = true, operator = 'BatchNormalization' } = {}) {
    const own = new Map(variance ? [['variance', variance]] : [])
    const inputs = ['x', 'scale', 'offset', 'mean', 'variance']
    const node = { operator, name: '', inputs, outputs: ['y'], attributes: {}, module: 'norm' }
    const model = { nodes: [node], initialisers: isArray ? new Map() : own } as unknown as OnnxModel
    return () => refuseWrongVariances(model, { arrays: isArray ? own : new Map() } as never, 'net.onnx')
  }

  it('are numbers from 0 on', () => {
    expect(check(tensor([0, 1, Infinity]))).not.toThrow()
    expect(check(tensor([0, -1]))).toThrow(/the running variance variance, .* holds -1/)
    expect(check(tensor([1, NaN]))).toThrow('holds NaN')
    expect(check(tensor([-0.5]), { isArray: false })).toThrow('holds -0.5')
  })

  it('are not looked at where they are computed, hold no numbers, or are read by something else', () => {
    expect(check(undefined)).not.toThrow()
    const texts = { ...tensor([], 8), bytes: new Uint8Array(4) }
    expect(check(texts)).not.toThrow()
    expect(check(tensor([-1]), { operator: 'Add' })).not.toThrow()
  })
})

describe('the output that a file says', () => {
  const { graph } = smallGraph({
    inputs: { x: [-1, 4] },
    nodes: [{ operator: 'Relu', inputs: ['x'], outputs: { y: [-1, 4] } }],
  })
  const check = (...shape: (number | string)[]) => {
    const model = { outputs: [{ name: 'y', type: 1, shape }] } as unknown as OnnxModel
    return () => refuseOtherOutput(model, graph, 'net.onnx')
  }

  it('is that of its operators, or left open', () => {
    for (const shape of [[], ['batch', 4], ['batch', 'classes'], [7, 4]]) expect(check(...shape)).not.toThrow()
  })

  it('is refused otherwise, with what is expected', () => {
    expect(check('batch', 5)).toThrow('its output y is [batch, 5]; expected [samples, 4]')
    expect(check('batch', 4, 1)).toThrow('[batch, 4, 1]')
    expect(check('batch')).toThrow('[batch]')
  })
})
