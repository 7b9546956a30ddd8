/** How a workspace's maps look: logo, colours, size of letters; seen at once, saved when chosen. */
import { ActionIcon, Button, ColorPicker, ColorSwatch, FileButton, Group, Popover, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp, IconPhotoUp, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { upload } from '@/api/client'
import type { MapLogo, MapStyle } from '@/api/types'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { Logo } from '@/shell/style/Logo'
import { useStyleOf } from '@/shell/style/Styled'
import { ErrorState, Loading } from '@/ui/States'
import { light } from '@/ui/tokens'
import { Choice, Part, SettingsScreen } from '../SettingsScreen'
import { Preview } from './Preview'
import { COLOR, isPlain, PLAIN, usePreview, useStyleEdits, type StyleFields } from './useStyleEdits'
import classes from './style.module.css'

const OURS = [light.series1, light.series2, light.series3, light.series4, light.series5, light.series6]
const SIZES = ['small', 'normal', 'large'] as const

export function Component() {
  const { id: w } = useWorkspace()
  const style = useStyleOf(w)
  const problem = useProblemText()
  if (style.data) return <Chosen style={style.data} />
  return (
    <SettingsScreen page="style">
      {style.error ? <ErrorState problem={problem(style.error)} onRetry={() => void style.refetch()} /> : <Loading lines={6} />}
    </SettingsScreen>
  )
}

function Chosen({ style }: { style: MapStyle }) {
  const t = useT('settings')
  const { id: w, canManage } = useWorkspace()
  const { set, undo, redo, saving } = useStyleEdits(w, style)
  const [draft, setDraft] = useState<StyleFields | null>(null)
  const [wanted] = useDebouncedValue(draft, 80)
  const shown = usePreview(w, style, wanted)
  // By the key's place: on a Persian keyboard the same key writes «ظ».
  useHotkeys([
    ['mod+Z', () => undo?.(), { usePhysicalKeys: true }],
    ['mod+shift+Z', () => redo?.(), { usePhysicalKeys: true }],
    ['mod+Y', () => redo?.(), { usePhysicalKeys: true }],
  ])
  async function choose(made: (now: MapStyle) => StyleFields) {
    await set(made)
    setDraft(null)
  }
  return (
    <SettingsScreen
      page="style"
      actions={
        canManage && (
          <Group gap="xs">
            <span role="status" className="hs-faint">
              {t(saving ? 'style_page.saving' : 'ui:saved')}
            </span>
            <ActionIcon.Group>
              <ActionIcon variant="default" disabled={!undo} onClick={() => undo?.()} aria-label={t('ui:undo')} title={`${t('ui:undo')} (Ctrl+Z)`}>
                <IconArrowBackUp size={17} className="hs-mirror" />
              </ActionIcon>
              <ActionIcon variant="default" disabled={!redo} onClick={() => redo?.()} aria-label={t('style_page.redo')} title={`${t('style_page.redo')} (Ctrl+Y)`}>
                <IconArrowForwardUp size={17} className="hs-mirror" />
              </ActionIcon>
            </ActionIcon.Group>
          </Group>
        )
      }
    >
      <p className="hs-soft">{t(canManage ? 'style_page.help' : 'style_page.ask_admin')}</p>
      <Preview style={shown} />
      {canManage && (
        <>
          <LogoPart logo={style.logo} onChoose={(logo) => void choose(() => ({ logo }))} />
          <Colors style={style} shown={shown} onDraft={setDraft} onChoose={(made) => void choose(made)} />
          <Part title={t('style_page.text')} text={t('style_page.text_help')}>
            <Choice
              label={t('style_page.text')}
              value={style.text}
              data={SIZES.map((value) => ({ value, label: t(`style_page.text_${value}`) }))}
              onChange={(text) => void choose(() => ({ text: text as MapStyle['text'] }))}
            />
          </Part>
          <div className={classes.reset}>
            <Button variant="default" disabled={isPlain(style)} onClick={() => void choose(() => PLAIN)}>
              {t('style_page.reset')}
            </Button>
            {isPlain(style) && <span className="hs-faint">{t('style_page.is_default')}</span>}
          </div>
        </>
      )}
    </SettingsScreen>
  )
}

function LogoPart({ logo, onChoose }: { logo: MapLogo | null; onChoose: (logo: string | null) => void }) {
  const t = useT('settings')
  const { id: w } = useWorkspace()
  const tell = useTellProblem()
  const [busy, setBusy] = useState(false)
  async function take(file: File | null) {
    if (!file) return
    setBusy(true)
    try {
      onChoose((await upload<MapLogo>(`/api/workspaces/${w}/style/logos`, file, () => undefined)).id)
    } catch (error) {
      tell(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Part title={t('style_page.logo')} text={t('style_page.logo_help')}>
      <Group gap="md">
        {logo ? <Logo logo={logo} height={48} /> : <span className="hs-faint">{t('style_page.no_logo')}</span>}
        <FileButton onChange={(file) => void take(file)} accept="image/png,image/jpeg,image/webp,image/svg+xml">
          {(props) => (
            <Button {...props} variant="light" loading={busy} leftSection={<IconPhotoUp size={16} />}>
              {t(logo ? 'style_page.replace_logo' : 'style_page.choose_logo')}
            </Button>
          )}
        </FileButton>
        {logo && (
          <Button variant="subtle" color="gray" onClick={() => onChoose(null)}>
            {t('style_page.remove_logo')}
          </Button>
        )}
      </Group>
    </Part>
  )
}

function Colors({ style, shown, onDraft, onChoose }: {
  style: MapStyle
  /** With what is still being chosen. */
  shown: MapStyle
  onDraft: (fields: StyleFields | null) => void
  onChoose: (made: (now: MapStyle) => StyleFields) => void
}) {
  const t = useT('settings')
  const formats = useFormats()
  const nameOf = (place: string) => (place === 'accent' ? t('style_page.accent') : t('style_page.color_n', { n: Number(place) + 1 }))
  const withColor = (now: MapStyle, place: number, color: string) => now.palette.map((one, index) => (index === place ? color : one))
  return (
    <Part title={t('style_page.colors')} text={t('style_page.colors_help')}>
      <Color
        label={t('style_page.accent')}
        color={style.accent}
        ours={light.accent}
        onDraft={(accent) => onDraft(accent === null ? null : { accent: accent || null })}
        onChoose={(accent) => onChoose(() => ({ accent: accent || null }))}
      />
      <div role="group" aria-label={t('style_page.palette')}>
        <Text size="sm" fw={500} mb={6}>
          {t('style_page.palette')}
        </Text>
        <div className={classes.palette}>
          {style.palette.map((color, place) => (
            <Color
              key={place}
              label={t('style_page.color_n', { n: place + 1 })}
              color={color}
              ours={OURS[place]!}
              onDraft={(next) => onDraft(next === null ? null : { palette: withColor(style, place, next) })}
              onChoose={(next) => onChoose((now) => ({ palette: withColor(now, place, next) }))}
            />
          ))}
        </div>
      </div>
      <div role="status" className={classes.hints}>
        {shown.hints.length === 0 && (shown.accent || shown.palette.some(Boolean)) && <p className="hs-soft">{t('style_page.readable')}</p>}
        {shown.hints.map((hint) => (
          <p key={`${hint.place}:${hint.scheme}`} className={classes.hint}>
            <span className={classes.swatch} style={{ background: hint.chosen }} aria-hidden="true" />
            <span className={classes.swatch} style={{ background: hint.shown }} aria-hidden="true" />
            {t(`style_page.hint_${hint.scheme}`, {
              name: nameOf(hint.place),
              chosen: hint.chosen,
              shown: hint.shown,
              contrast: formats.num(hint.contrast, 1),
              needed: formats.num(hint.needed, 1),
            })}
          </p>
        ))}
      </div>
    </Part>
  )
}

/** One colour; empty is ours. What is being chosen is a draft until the hand leaves it. */
function Color({ label, color, ours, onDraft, onChoose }: {
  label: string
  color: string
  ours: string
  /** Null: nothing is being chosen any more. */
  onDraft: (color: string | null) => void
  onChoose: (color: string) => void
}) {
  const t = useT('settings')
  const [text, setText] = useState(color)
  useEffect(() => setText(color), [color])
  const wrong = text !== '' && !COLOR.test(text)
  function keep(next: string) {
    if (next.toLowerCase() === color) onDraft(null)
    else if (next === '' || COLOR.test(next)) onChoose(next.toLowerCase())
  }
  return (
    <TextInput
      label={label}
      placeholder={ours}
      value={text}
      maxLength={7}
      spellCheck={false}
      classNames={{ wrapper: classes.code }}
      onChange={(event) => {
        const next = event.currentTarget.value.trim()
        setText(next)
        if (COLOR.test(next)) onDraft(next)
      }}
      onBlur={() => keep(text)}
      onKeyDown={(event) => event.key === 'Enter' && keep(text)}
      error={wrong ? t('style_page.not_a_color') : undefined}
      leftSection={
        <Popover position="bottom-start" withinPortal trapFocus>
          <Popover.Target>
            <ColorSwatch component="button" type="button" color={COLOR.test(text) ? text : ours} size={24} withShadow={false} className={classes.pick} aria-label={t('style_page.pick', { name: label })} />
          </Popover.Target>
          <Popover.Dropdown dir="ltr">
            <ColorPicker
              format="hex"
              value={COLOR.test(text) ? text : ours}
              onChange={(next) => {
                setText(next)
                onDraft(next)
              }}
              onChangeEnd={keep}
              saturationLabel={t('style_page.saturation')}
              hueLabel={t('style_page.hue')}
            />
          </Popover.Dropdown>
        </Popover>
      }
      rightSection={
        color ? (
          <ActionIcon variant="subtle" color="gray" size="md" aria-label={t('style_page.clear', { name: label })} onClick={() => onChoose('')}>
            <IconX size={14} />
          </ActionIcon>
        ) : undefined
      }
    />
  )
}
