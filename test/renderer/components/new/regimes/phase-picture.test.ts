// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import PhasePicture from '../../../../../src/renderer/components/new/regimes/PhasePicture.vue'
import { familyOf } from '../../../../../src/engine/networks/families.ts'
import { smallMsdnet } from '../../../../support/networks.ts'
import type { NetworkDrawing } from '../../../../../src/shared/network/network-drawing.ts'

test('a block of several scales is one part of the picture', () => {
  const spec = smallMsdnet()
  const { nodes } = familyOf(spec).draw(spec)
  const drawing = { nodes: nodes.map((node) => ({ ...node, exit: null })) } as unknown as NetworkDrawing
  const blocks = Array.from({ length: familyOf(spec).blockCount(spec) }, (_, block) => `blocks.${block}`)
  expect(nodes.length).toBeGreaterThan(blocks.length + 1)
  const planned = { trains: [...blocks, 'classifier'], exits: [], isBare: false }
  const wrapper = mount(PhasePicture, { props: { drawing, planned: planned as never } })
  const labels = wrapper.findAll('.part').map((part) => part.attributes('aria-label'))
  expect(labels).toEqual([...blocks, 'classifier'].map((part) => `${part}, trained`))
})
