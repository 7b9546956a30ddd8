import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { toExchange } from '@/editor/document'
import { bookshop, measured, showBoard } from '@/testing/board'

// Menus and popovers appear after their transitions; a busy machine takes its time.
configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const names = (items: readonly { name: string }[]) => items.map((item) => item.name)
const card = (name: string) => screen.getByRole('group', { name })

describe('drawing a map', () => {
  it('shows stages in order, lanes by kind, cards in their cells', async () => {
    await showBoard()
    const heads = await screen.findAllByRole('columnheader')
    expect(heads.map((head) => head.getAttribute('aria-label')).filter(Boolean)).toEqual(['Awareness', 'Purchase'])
    expect(screen.getByRole('rowheader', { name: 'Pain points' })).toBeTruthy()
    expect(card('Payment fails')).toBeTruthy()
  })

  it('adds cards in a row with Enter, and leaves with Esc', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: 'Add a card: Pain points, Awareness' }))
    await user.keyboard('Too many adverts{Enter}Wrong audience{Enter}left alone{Escape}')
    expect(map.cell('s1', 'l2').map((id) => map.card(id)!.text)).toEqual(['Too many adverts', 'Wrong audience'])
  })

  it('rewrites a card with F2; Esc leaves it as it was; Ctrl+Z takes it back', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await screen.findByRole('group', { name: 'Payment fails' })
    card('Payment fails').focus()
    await user.keyboard('{F2}')
    await user.keyboard('Bank is slow{Escape}')
    expect(map.card('c3')!.text).toBe('Payment fails')
    await user.keyboard('{F2}')
    card('Payment fails').focus()
    await user.keyboard('{F2}')
    const field = screen.getByRole('textbox', { name: 'Text' })
    await user.clear(field)
    await user.type(field, 'Bank is slow{Enter}')
    expect(map.card('c3')!.text).toBe('Bank is slow')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(map.card('c3')!.text).toBe('Payment fails')
  })

  it('moves a card with Alt and arrows, and says where it went', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await screen.findByRole('group', { name: 'Payment fails' })
    card('Payment fails').focus()
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect(map.card('c3')!.stage).toBe('s1')
    expect(screen.getByTestId('said').textContent).toBe('Card “Payment fails” moved to Awareness, Pain points.')
  })

  it('reads arrows in the reading direction', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ language: 'fa' })
    await screen.findByRole('group', { name: 'Advert' })
    card('Advert').focus()
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
    expect(map.card('c1')!.stage).toBe('s2')
  })

  it('adds, renames, moves and deletes stages from the menu', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    const menu = async (stage: string, item: string) => {
      await user.click(await screen.findByRole('button', { name: `More for stage ${stage}` }))
      await user.click(await screen.findByRole('menuitem', { name: new RegExp(item) }))
      await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    }
    await menu('Awareness', 'Add a stage after')
    const field = await screen.findByRole('textbox', { name: 'Stage name' })
    await user.clear(field)
    await user.type(field, 'Decision{Enter}')
    expect(names(map.snapshot.stages)).toEqual(['Awareness', 'Decision', 'Purchase'])
    await menu('Decision', 'Move later')
    expect(names(map.snapshot.stages)).toEqual(['Awareness', 'Purchase', 'Decision'])
    screen.getByRole('columnheader', { name: 'Purchase' }).focus()
    await user.keyboard('{Delete}')
    expect(names(map.snapshot.stages)).toEqual(['Awareness', 'Decision'])
    expect(screen.queryByRole('group', { name: 'Checkout' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(card('Checkout')).toBeTruthy()
  })

  it('adds, hides, shows and deletes lanes', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: 'Add a lane' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Thoughts' }))
    expect(map.snapshot.lanes.map((lane) => lane.kind)).toEqual(['touchpoints', 'pains', 'thoughts'])
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'More for lane Pain points' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Hide lane' }))
    expect(screen.queryByRole('group', { name: 'Payment fails' })).toBeNull()
    await user.click(screen.getByRole('button', { name: '1 hidden lane' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Pain points' }))
    expect(card('Payment fails')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'More for lane Pain points' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete lane' }))
    expect(map.card('c3')).toBeUndefined()
  })

  it('sets the emotion of a stage by keyboard', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    const point = await screen.findByRole('slider', { name: 'Emotion at Awareness' })
    point.focus()
    await user.keyboard('{ArrowUp}')
    expect(map.snapshot.emotions.get(':s1:')!.value).toBe(2)
    await user.keyboard('{ArrowUp}')
    expect(point.getAttribute('aria-valuetext')).toBe('delighted (2)')
    await user.keyboard('{Delete}')
    expect(map.snapshot.emotions.size).toBe(0)
    expect(point.getAttribute('aria-valuetext')).toBe('nothing said yet')
  })

  it('lets a viewer look and change nothing', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ readOnly: true })
    await screen.findByRole('group', { name: 'Payment fails' })
    expect(screen.queryByRole('button', { name: 'Add a lane' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    card('Payment fails').focus()
    await user.keyboard('{Delete}{Alt>}{ArrowLeft}{/Alt}')
    screen.getByRole('slider', { name: 'Emotion at Awareness' }).focus()
    await user.keyboard('{ArrowDown}')
    expect(toExchange(map)).toEqual(bookshop)
    expect(screen.getByText('View only')).toBeTruthy()
  })
})

describe('what happened', () => {
  it('stands under its own divider, with every bucket of a stage opening its persons', async () => {
    const user = userEvent.setup()
    const { whoAsked } = await showBoard({ measured })
    await screen.findByText('measured on recorded paths, per instance: one run of a person through the map')
    await user.click(screen.getAllByRole('button', { name: /^left\s*30$/ })[0]!)
    expect(whoAsked).toEqual([{ kind: 'stage', stage: 's1', bucket: 'left' }])
    expect(screen.getByText('2h')).toBeTruthy()
  })

  it('marks deviations on the touchpoint, and lists them in the inspector', async () => {
    const user = userEvent.setup()
    const { whoAsked } = await showBoard({ measured })
    const checkout = await screen.findByRole('group', { name: 'Checkout' })
    expect(await within(checkout).findByText('3 instances went past without it')).toBeTruthy()
    await user.click(checkout)
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(within(panel).getByRole('button', { name: '3: who are they?' }))
    expect(whoAsked).toEqual([{ kind: 'touchpoint', card: 'c2', bucket: 'missing' }])
  })

  it('shows where people went next, and who', async () => {
    const user = userEvent.setup()
    const { whoAsked } = await showBoard({ measured })
    await user.click(await screen.findByRole('group', { name: 'Advert' }))
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(within(panel).getByRole('button', { name: /nothing more/ }))
    expect(whoAsked).toEqual([{ kind: 'next', card: 'c1', to: '(end)' }])
    expect(within(panel).getByText('payment_failed')).toBeTruthy()
    expect(panel.textContent).toContain('between \u2068Advert\u2069 and \u2068Checkout\u2069')
  })

  it('tells apart the same ad hoc event between several touchpoints', async () => {
    const ad_hoc = [measured.ad_hoc[0]!, { ...measured.ad_hoc[0]!, to_card: 'c1' }]
    await showBoard({ measured: { ...measured, ad_hoc } })
    await userEvent.click(await screen.findByRole('columnheader', { name: 'Awareness' }))
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    for (const to of ['Checkout', 'Advert']) {
      expect(within(panel).getByText(`between \u2068Advert\u2069 and \u2068${to}\u2069`)).toBeTruthy()
    }
  })

  it('tells who did the exit action and was not seen later, only where there are any', async () => {
    const [first, ...others] = measured.stages
    const stages = [{ ...first!, not_seen_after: 4 }, ...others]
    const { whoAsked } = await showBoard({ measured: { ...measured, stages } })
    const lines = await screen.findAllByRole('button', { name: /^of these, not seen later/ })
    expect(lines.map((line) => line.textContent)).toEqual(['of these, not seen later4'])
    await userEvent.click(lines[0]!)
    expect(whoAsked).toEqual([{ kind: 'stage', stage: 's1', bucket: 'not_seen_after' }])
  })

  it('leaves out a group that cannot be measured', async () => {
    const groups = [{ group: 'g1', stage: 's2', cards: ['c2'], missing: null }]
    await showBoard({ measured: { ...measured, groups } })
    await userEvent.click(await screen.findByRole('group', { name: 'Checkout' }))
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect(panel.textContent).toContain('went past without it')
    expect(panel.textContent).not.toContain('none of its group')
  })

  it('changes the threshold of still open in place', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ measured })
    await user.click(await screen.findByRole('button', { name: /^Change how long Awareness counts as open/ }))
    const field = await screen.findByRole('textbox', { name: 'Days' })
    await user.clear(field)
    await user.type(field, '7{Enter}')
    expect(map.snapshot.stages[0]!.open_after_seconds).toBe(604_800)
  })

  it('says what to do when nothing is measured', async () => {
    await showBoard()
    expect(await screen.findByText(/Place a touchpoint and bind it/)).toBeTruthy()
  })
})

describe('on a narrow screen', () => {
  it('goes stage by stage, with the same cards and numbers', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ measured, narrow: true })
    expect(await screen.findByRole('group', { name: 'Advert' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Next stage' }))
    expect(screen.getByRole('group', { name: 'Payment fails' })).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'upset' }))
    await waitFor(() => expect(map.snapshot.emotions.get(':s2:')!.value).toBe(-2))
  })
})
