import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { showBoard } from '@/testing/board'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

describe('the review of a map', () => {
  it('counts what it has to say, leads to the place, and begins the card that is missing', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: /^Review/ }))
    const panel = await screen.findByRole('complementary')
    const goals = within(panel).getByRole('region', { name: 'Stage without goals' })
    await user.click(within(goals).getAllByRole('button', { name: 'Add a goal' })[0]!)
    await user.type(await screen.findByRole('textbox', { name: /Awareness/ }), 'Find a gift{Enter}')
    const lane = map.snapshot.lanes.find((one) => one.kind === 'goals')!
    expect(map.cell('s1', lane.id).map((id) => map.card(id)!.text)).toEqual(['Find a gift'])
    await waitFor(() => expect(within(goals).getAllByRole('listitem')).toHaveLength(1))
  })

  it('keeps a rule that is not for this map out, with the reason, until it is switched on again', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ language: 'fa' })
    await user.click(await screen.findByRole('button', { name: /^بازبینی/ }))
    const rule = () => screen.queryByRole('region', { name: 'مرحلهٔ بدون مسئول' })
    await user.click(within(rule()!).getByRole('button', { name: 'برای این نقشه نه' }))
    await user.click(within(rule()!).getByRole('button', { name: 'برای این نقشه نه' }))
    expect(rule()!.textContent).toContain('در چند کلمه بنویسید')
    await user.type(within(rule()!).getByRole('textbox', { name: 'چرا؟' }), 'تیم هنوز شکل نگرفته{Enter}')
    await waitFor(() => expect(rule()).toBeNull())
    expect(map.snapshot.meta.review_off).toEqual([{ rule: 'stage_without_owner', reason: 'تیم هنوز شکل نگرفته' }])
    await user.click(screen.getByRole('button', { name: 'دوباره بررسی شود' }))
    await waitFor(() => expect(rule()).not.toBeNull())
    expect(map.snapshot.meta.review_off).toBeUndefined()
  })

  it('leads to the field that lacks', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: /^Review/ }))
    const rule = await screen.findByRole('region', { name: 'Stage nobody owns' })
    await user.click(within(rule).getAllByRole('button', { name: 'Choose an owner' })[0]!)
    const owner = await screen.findByLabelText('Owner', { selector: 'input' })
    await waitFor(() => expect(document.activeElement).toBe(owner))
    await user.keyboard('Sales')
    await user.tab()
    expect(map.snapshot.stages[0]!.owner).toEqual({ kind: 'team', id: 'team1', name: 'Sales' })
  })

  it('offers a viewer no change', async () => {
    const user = userEvent.setup()
    await showBoard({ readOnly: true })
    await user.click(await screen.findByRole('button', { name: /^Review/ }))
    const panel = await screen.findByRole('complementary')
    expect(within(panel).getByRole('region', { name: 'Stage nobody owns' })).toBeTruthy()
    expect(within(panel).queryByRole('button', { name: /Add|Not for/ })).toBeNull()
  })
})
