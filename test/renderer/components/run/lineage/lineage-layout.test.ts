import { describe, expect, it } from 'vitest'
import { lineageDrawing } from '../../../../../src/renderer/components/run/lineage/lineage-layout.ts'
import type { PaperRegime } from '../../../../../src/shared/phases/phase.ts'

const run = (regime: PaperRegime) => ({ id: regime, name: `quickstart-${regime}-s1`, regime, seed: 1 })
const phase = (id: string, parent: string | null, ...regimes: PaperRegime[]) => ({
  id,
  name: id,
  parent,
  status: 'done' as const,
  epochs: 8,
  seconds: 10,
  runs: regimes.map(run),
})
const shared = {
  phases: [
    phase('backbone', null, 'disjoint', 'mixed'),
    phase('heads', 'backbone', 'disjoint'),
    { ...phase('all exits', 'backbone', 'mixed'), status: 'running' as const, epochs: 2 },
  ],
}

describe('the lineage of a run that shares its first phase', () => {
  const drawing = lineageDrawing(shared, 'mixed', 600)

  it('puts the shared phase in the middle of the two that follow it', () => {
    const [backbone, heads, everything] = drawing.boxes
    expect(heads!.x).toBe(everything!.x)
    expect(heads!.x).toBeGreaterThan(backbone!.x + drawing.boxWidth)
    expect(backbone!.y).toBe((heads!.y + everything!.y) / 2)
  })

  it('marks the chain that is the run’s own', () => {
    expect(drawing.boxes.map(({ position }) => position)).toEqual([0, null, 1])
    expect(drawing.edges.map(({ own }) => own)).toEqual([true, false, true])
    expect(drawing.ends.map(({ regime, own }) => [regime, own])).toEqual([
      ['disjoint', false],
      ['mixed', true],
    ])
  })

  it('says in words how far each phase is', () => {
    expect(drawing.boxes.map(({ title, detail }) => `${title}: ${detail}`)).toEqual([
      'Phase 1 · backbone: done, 8 epochs',
      'Phase 2 · heads: done, 8 epochs',
      'Phase 2 · all exits: epoch 3, running',
    ])
  })

  it('states that a phase without training has not begun, else how far it came', () => {
    const [backbone, heads] = shared.phases
    const phases = [
      { ...backbone!, status: 'queued' as const, epochs: 3 },
      { ...heads!, status: 'queued' as const, epochs: 0 },
    ]
    const { boxes } = lineageDrawing({ phases }, 'disjoint', 600)
    expect(boxes.map(({ detail }) => detail)).toEqual(['3 epochs so far', 'not begun'])
  })

  it('notes below the shared phase who shares it', () => {
    const [backbone] = drawing.boxes
    expect(drawing.shared).toEqual({
      x: backbone!.x + drawing.boxWidth / 2,
      y: backbone!.y + drawing.boxHeight,
      runs: 2,
    })
  })

  it('stays within the given width', () => {
    expect(drawing.width).toBeLessThanOrEqual(600)
    expect(Math.max(...drawing.boxes.map(({ y }) => y + drawing.boxHeight))).toBe(drawing.height)
  })
})

it.each([
  { width: 600, named: true, how: 'with the names of the regimes' },
  { width: 338, named: false, how: 'without the names where only that fits' },
  { width: 300, named: true, how: 'with the names where it has to scroll anyway' },
])('is drawn in $width pixels $how', ({ width, named }) => {
  const drawing = lineageDrawing(shared, 'mixed', width)
  expect(drawing.named).toBe(named)
  expect(drawing.width <= width).toBe(width > 300)
})

it('ends every edge where the next box begins', () => {
  const { boxes, edges, boxHeight } = lineageDrawing(shared, 'mixed', 600)
  edges.forEach(({ to }, i) => expect(to).toEqual([boxes[i]!.x, boxes[i]!.y + boxHeight / 2]))
})

it('draws one phase as one box, with nothing shared', () => {
  const { boxes, ends, shared: note } = lineageDrawing({ phases: [phase('all exits', null, 'joint')] }, 'joint', 600)
  expect([boxes.length, ends.length, note]).toEqual([1, 1, null])
  expect(ends[0]!.y).toBe(boxes[0]!.y + 19)
})

it('gives each of several runs with the same training an end', () => {
  const twin = { ...run('joint'), id: 'twin', name: 'again-joint-s1' }
  const { boxes, ends } = lineageDrawing(
    { phases: [{ ...phase('all exits', null, 'joint'), runs: [run('joint'), twin] }] },
    'twin',
    600,
  )
  expect(boxes).toHaveLength(1)
  expect(new Set(ends.map(({ y }) => y)).size).toBe(2)
  expect(ends.map(({ own }) => own)).toEqual([false, true])
})

it('leads from the middle of a box to every run that ends there', () => {
  const phases = [phase('all exits', null, 'joint', 'mixed')]
  const { boxes, boxWidth, boxHeight, ends } = lineageDrawing({ phases }, 'joint', 600)
  const middle = [boxes[0]!.x + boxWidth, boxes[0]!.y + boxHeight / 2]
  expect(ends.map(({ from }) => from)).toEqual([middle, middle])
})

it('puts a run that ends early below those that go on', () => {
  const { ends } = lineageDrawing(
    { phases: [phase('one', null, 'separate', 'branch-wise'), phase('two', 'one', 'separate')] },
    'separate',
    600,
  )
  const [early, late] = [
    ends.find(({ regime }) => regime === 'branch-wise')!,
    ends.find(({ regime }) => regime === 'separate')!,
  ]
  expect(early.y).toBeGreaterThan(late.y)
})

it('becomes wider than the given width before its boxes become unreadable', () => {
  const chain = Array.from({ length: 9 }, (_, i) =>
    phase(`branch ${i}`, i === 0 ? null : `branch ${i - 1}`, 'branch-wise'),
  )
  const { width, boxWidth, boxes } = lineageDrawing({ phases: chain }, 'branch-wise', 600)
  expect(boxWidth).toBeGreaterThanOrEqual(100)
  expect(width).toBeGreaterThan(boxes.at(-1)!.x + boxWidth)
})
