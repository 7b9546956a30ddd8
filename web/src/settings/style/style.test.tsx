import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { MapStyle, Role } from '@/api/types'
import { routes } from '@/app/routes'
import { pageCss, stageColor } from '@/shell/style/css'
import { serve, session, show, type Asked } from '@/testing/render'
import { plainStyle } from '@/testing/style'

const STYLE = '/api/workspaces/w1/style'

/** As the server answers: what was chosen, and a hint for the one colour that is too light. */
function told(now: MapStyle, fields: Partial<MapStyle>): MapStyle {
  const accent = fields.accent === undefined ? now.accent : (fields.accent ?? '')
  const palette = fields.palette === undefined ? now.palette : (fields.palette ?? plainStyle.palette)
  return {
    ...now,
    accent,
    palette,
    text: fields.text ?? now.text,
    tokens: { light: accent ? { accent, accentSoft: '#fff8dd', onAccent: '#ffffff' } : {}, dark: {} },
    hints:
      accent === '#ffe14d'
        ? [{ place: 'accent', scheme: 'light', chosen: accent, shown: '#7a6a10', contrast: 1.3, needed: 4.5 }]
        : [],
  }
}

async function open(role: Role): Promise<Asked[]> {
  let now = plainStyle
  const asked = serve({
    'GET /api/session': session(role),
    [`GET ${STYLE}`]: () => now,
    [`POST ${STYLE}/preview`]: ({ body }: Asked) => told(now, body as Partial<MapStyle>),
    [`PATCH ${STYLE}`]: ({ body }: Asked) => (now = told(now, body as Partial<MapStyle>)),
  })
  await show(routes, '/w/w1/settings/style')
  await screen.findByRole('region', { name: 'Preview' })
  return asked
}

const written = (asked: Asked[]) => asked.filter((one) => one.method === 'PATCH').map((one) => one.body)

describe('the style of a workspace', () => {
  it('shows what a colour would be before it is kept, and says where it is not readable', async () => {
    const user = userEvent.setup()
    const asked = await open('admin')
    const accent = screen.getByLabelText('Accent', { selector: 'input' })
    await user.type(accent, '#ffe14d')
    expect(await screen.findByText(/on light grounds #ffe14d has a contrast of 1.3:1, and 4.5:1 is needed/)).toBeTruthy()
    expect(written(asked)).toEqual([])
    await user.tab()
    await waitFor(() => expect(written(asked)).toEqual([{ accent: '#ffe14d' }]))
  })

  it('keeps every one of several colours that are chosen quickly', async () => {
    const user = userEvent.setup()
    const asked = await open('admin')
    await user.type(screen.getByLabelText('Colour 1', { selector: 'input' }), '#1a3f7a{Enter}')
    await user.type(screen.getByLabelText('Colour 3', { selector: 'input' }), '#7a1a3f{Enter}')
    await waitFor(() => expect(written(asked).at(-1)).toEqual({ palette: ['#1a3f7a', '', '#7a1a3f', '', '', ''] }))
  })

  it('takes a change back and does it again, and goes back to ours', async () => {
    const user = userEvent.setup()
    const asked = await open('owner')
    await user.click(screen.getByRole('radio', { name: 'Large' }))
    await waitFor(() => expect(written(asked)).toEqual([{ text: 'large' }]))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(written(asked).at(-1)).toEqual({ text: 'normal' }))
    await waitFor(() => expect(screen.getByRole('button', { name: 'Redo' })).toHaveProperty('disabled', false))
    await user.click(screen.getByRole('button', { name: 'Redo' }))
    await waitFor(() => expect(written(asked).at(-1)).toEqual({ text: 'large' }))
    await user.click(screen.getByRole('button', { name: /own style/ }))
    await waitFor(() => expect(written(asked).at(-1)).toEqual({ logo: null, accent: null, palette: null, text: null }))
  })

  it('does not keep what is no colour, and says what one is', async () => {
    const user = userEvent.setup()
    const asked = await open('admin')
    const accent = screen.getByLabelText('Accent', { selector: 'input' })
    await user.type(accent, 'red{Enter}')
    expect(await screen.findByText('Write a colour as #rrggbb, such as #1f6f78.')).toBeTruthy()
    expect(written(asked)).toEqual([])
  })

  it('shows an editor the style, without the means to change it', async () => {
    await open('editor')
    const preview = screen.getByRole('region', { name: 'Preview' })
    expect(within(preview).getAllByText('Awareness')).toHaveLength(2)
    expect(screen.queryByLabelText('Accent')).toBeNull()
    expect(screen.getByText(/Admins choose the style/)).toBeTruthy()
  })
})

describe('its CSS', () => {
  const style: MapStyle = {
    ...plainStyle,
    scale: 1.2,
    tokens: { light: { accent: '#7a1a3f', accentSoft: '#f3e8ec', cardTeal: '#f0e0e5' }, dark: { accent: '#d98aa6', accentSoft: '#3a1c27' } },
    stages: { light: ['#7a1a3f', '#1a3f7a'], dark: ['#d98aa6', '#8aa6d9'] },
  }

  it('sets the colours of each scheme by their names, and how large letters are', () => {
    const css = pageCss(style)
    const [, dark] = css.split("[data-mantine-color-scheme='dark']")
    expect(css).toContain('--hs-card-teal:#f0e0e5')
    expect(dark).toContain('--hs-accent:#d98aa6')
    expect(dark).not.toContain('#f0e0e5')
    expect(dark).toContain('--map-text:1.2')
    expect(pageCss(plainStyle)).toBe('')
  })

  it('gives the heads of stages the chosen colours in turn', () => {
    expect([0, 1, 2].map((index) => stageColor(style, index))).toEqual(['var(--map-stage-1)', 'var(--map-stage-2)', 'var(--map-stage-1)'])
    expect(stageColor(plainStyle, 0)).toBeUndefined()
  })
})
