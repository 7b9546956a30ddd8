import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { bookshop, showBoard } from '@/testing/board'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const said = () => screen.getByTestId('said').textContent.trim() // words that are said twice end with a space
const stepped = { ...bookshop, steps: [{ id: 'p1', stage: 's2', name: 'Choose' }, { id: 'p2', stage: 's2', name: 'Pay' }] }

describe('steps within stages', () => {
  it('are added from the stage’s menu and named where they stand', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: 'More for stage Purchase' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Add a step' }))
    const field = await screen.findByRole('textbox', { name: 'Step name' })
    await user.clear(field)
    await user.type(field, 'Pay{Enter}')
    expect(map.snapshot.steps).toMatchObject([{ stage: 's2', name: 'Pay' }])
    expect(screen.getByRole('columnheader', { name: 'Pay' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Add a card: Pain points, Purchase, Pay' })).toBeTruthy()
  })

  it('move with Alt and arrows, and say where they are now', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: stepped })
    ;(await screen.findByRole('columnheader', { name: 'Choose' })).focus()
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(map.snapshot.steps.map((step) => step.name)).toEqual(['Pay', 'Choose'])
    expect(said()).toBe('Step Choose is now number 2 of Purchase.')
  })

  it('take a card in on its way along the stages', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: stepped })
    ;(await screen.findByRole('group', { name: 'Payment fails' })).focus()
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(map.card('c3')!.step).toBe('p1')
    expect(said()).toContain('Purchase, Choose')
  })

  it('leave their cards in the stage when they are deleted', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: { ...stepped, cards: [{ id: 'c3', lane: 'l2', stage: 's2', step: 'p2', text: 'Payment fails' }] } })
    ;(await screen.findByRole('columnheader', { name: 'Pay' })).focus()
    await user.keyboard('{Delete}')
    expect(map.part('s2', null, 'l2')).toEqual(['c3'])
    expect(screen.getByRole('group', { name: 'Payment fails' })).toBeTruthy()
  })
})

describe('sizes', () => {
  it('are set with the arrow keys on the edge, and given back by a double click', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    const edge = await screen.findByRole('separator', { name: 'Width of stage Awareness' })
    edge.focus()
    await user.keyboard('{ArrowRight}')
    expect(map.snapshot.stages[0]!.width).toBe(178 + 16)
    fireEvent.doubleClick(edge)
    expect(map.snapshot.stages[0]!.width).toBeUndefined()
  })

  it('are read in the reading direction', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ language: 'fa' })
    ;(await screen.findByRole('separator', { name: 'پهنای مرحلهٔ Awareness' })).focus()
    await user.keyboard('{ArrowRight}')
    expect(map.snapshot.stages[0]!.width).toBe(178 - 16)
  })

  it('shrink a stage to a strip that tells how much it holds, and back', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: 'More for stage Purchase' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Collapse' }))
    expect(map.snapshot.stages[1]!.collapsed).toBe(true)
    expect(screen.queryByRole('group', { name: 'Payment fails' })).toBeNull()
    expect(screen.getAllByText('1 card').length).toBeGreaterThan(0)
    await user.click(screen.getByRole('button', { name: 'Expand stage Purchase' }))
    expect(screen.getByRole('group', { name: 'Payment fails' })).toBeTruthy()
  })
})

describe('curves of several personas', () => {
  const personas = [{ id: 'a', name: 'Sara' }, { id: 'b', name: 'Reza' }]
  const document = {
    ...bookshop, personas,
    emotions: [{ persona: 'a', stage: 's1', value: 1, note: 'Found it at once' }, { persona: 'b', stage: 's1', value: -1 }],
  }

  it('are edited one at a time, by name', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document })
    const chips = await screen.findByRole('group', { name: 'Whose curve is edited' })
    await user.click(within(chips).getByRole('button', { name: /Reza/ }))
    screen.getByRole('slider', { name: 'Emotion of Reza at Awareness' }).focus()
    await user.keyboard('{ArrowUp}')
    expect(map.snapshot.emotions.get('b:s1:')!.value).toBe(0)
    expect(map.snapshot.emotions.get('a:s1:')!.value).toBe(1)
  })

  it('have notes that are read out with the point, and written beside it', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document })
    const point = await screen.findByRole('slider', { name: 'Emotion of Sara at Awareness' })
    expect(window.document.getElementById(point.getAttribute('aria-describedby')!)!.textContent).toBe('Found it at once')
    point.focus()
    await user.keyboard('{Enter}')
    const note = await screen.findByRole('textbox', { name: 'Why' })
    await user.clear(note)
    await user.type(note, 'Too slow')
    await user.tab()
    await waitFor(() => expect(map.snapshot.emotions.get('a:s1:')!.note).toBe('Too slow'))
    await user.click(screen.getByRole('radio', { name: 'Strong' }))
    expect(map.snapshot.emotions.get('a:s1:')!.intensity).toBe(1)
  })
})

describe('alternative routes', () => {
  it('stand over the stages by their name and open what is said about them', async () => {
    const user = userEvent.setup()
    await showBoard({ document: { ...bookshop, branches: [{ id: 'b1', name: 'In the shop', from_stage: 's1', to_stage: 's2', condition: 'if it is near' }] } })
    await user.click(await screen.findByRole('button', { name: 'Alternative route: In the shop · if it is near, from Awareness to Purchase' }))
    expect(await screen.findByRole('textbox', { name: 'Who takes it, and when' })).toHaveProperty('value', 'if it is near')
  })
})
