/** What can be done with the chosen cards, beside the map. */
import { ActionIcon, Button, Popover, Select, Stack, Tooltip } from '@mantine/core'
import { IconArrowsMove, IconCopy, IconCopyPlus, IconPalette, IconTag, IconTrash, IconUser, IconX, type Icon } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { Command } from '@/editor/commands'
import { commonTags, deleteCards, moveCards, setCards, tagCards } from '@/editor/manyCards'
import { openGrid } from '@/editor/reach'
import { useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { ColorField, TagsField } from '../inspector/CardLook'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import { common } from './common'
import { usePlaceName } from './placeName'
import classes from './cards.module.css'

export function CardsBar({ ids, onDuplicate }: { ids: ReadonlySet<string>; onDuplicate: () => void }) {
  const t = useT('maps/cards')
  const { map, run, readOnly, announce } = useSession()
  const { picks, select } = useChoosing()
  // What the fields show follows the cards.
  useMap((snapshot) => snapshot.cards)
  const cards = [...ids].map((id) => map.card(id)).filter((card) => card !== undefined)

  function remove() {
    const commands = deleteCards(map, ids)
    run(commands)
    select(null)
    announce(t('deleted_n', { count: commands.length }))
  }

  function unselect() {
    picks.setTogether(false)
    select(null)
  }

  function change(commands: Command[], what: string) {
    run(commands)
    announce(t('changed_n', { count: cards.length, what }))
  }

  return (
    <div className={classes.dock}>
      <div role="toolbar" aria-label={t('bar')} className={classes.bar}>
        <span className={classes.count}>{t('selected_n', { count: cards.length })}</span>
        {!readOnly && (
          <>
            <Tool icon={IconArrowsMove} label={t('move')}>{(close) => <MoveForm ids={ids} onDone={close} />}</Tool>
            <Act icon={IconCopyPlus} label={t('with_keys', { name: t('duplicate'), keys: 'Ctrl+D' })} onClick={onDuplicate} />
          </>
        )}
        <Act icon={IconCopy} label={t('with_keys', { name: t('copy'), keys: 'Ctrl+C' })} onClick={() => document.execCommand('copy')} />
        {!readOnly && (
          <>
            <Tool icon={IconPalette} label={t('color.label')}>
              {() => <ColorField mixed={cards.some((card) => card.color !== cards[0]!.color)} color={common(cards, 'color')} onSave={(color) => change(setCards(map, ids, { color }), t(`color.${color ?? 'none'}`))} readOnly={false} />}
            </Tool>
            <Tool icon={IconTag} label={t('tags')}>
              {() => <TagsField tags={commonTags(map, ids)} onSave={(tags) => change(tagCards(map, ids, tags), t('tags'))} readOnly={false} description={t('tags_common')} />}
            </Tool>
            <Tool icon={IconUser} label={t('maps:owner')}>
              {() => <OwnerField label={t('maps:owner')} owner={common(cards, 'owner')} onSave={(owner) => change(setCards(map, ids, { owner }), t('maps:owner'))} readOnly={false} />}
            </Tool>
            <Act icon={IconTrash} label={t('with_keys', { name: t('delete'), keys: 'Delete' })} onClick={remove} danger />
          </>
        )}
        <Act icon={IconX} label={t('unselect')} onClick={unselect} />
      </div>
    </div>
  )
}

function Act({ icon: Shape, label, onClick, danger }: { icon: Icon; label: string; onClick: () => void; danger?: boolean }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color={danger ? 'red' : 'gray'} size="lg" aria-label={label} onClick={onClick}>
        <Shape size={18} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}

function Tool({ icon: Shape, label, children }: { icon: Icon; label: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} position="top" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={open}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setOpen(!open)}>
            <Shape size={18} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown miw={260}>{children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  )
}

/** Where to: a stage, a lane or both; what is not said stays as it is. */
function MoveForm({ ids, onDone }: { ids: ReadonlySet<string>; onDone: () => void }) {
  const t = useT('maps/cards')
  const { map, run, announce } = useSession()
  const placeName = usePlaceName()
  const [column, setColumn] = useState<string | null>(null)
  const [lane, setLane] = useState<string | null>(null)
  const { columns, lanes } = openGrid(map)

  function move() {
    const to = columns.find((one) => one.key === column)
    const commands = [...ids].flatMap((id) => {
      const card = map.card(id)
      if (!card) return []
      const place = {
        stage: to?.stage.id ?? card.stage,
        step: to ? (to.step?.id ?? null) : (card.step ?? null),
        lane: lane ?? card.lane,
      }
      return moveCards(map, new Set([id]), place, null)
    })
    run(commands)
    onDone()
    const moved = map.card([...ids][0]!)
    if (moved) announce(t('moved_n', { count: commands.length, ...placeName(moved) }))
  }

  return (
    <Stack gap="xs">
      <Select
        label={t('maps:stage')}
        placeholder={t('as_it_is')}
        data={columns.map(({ key, stage, step }) => ({ value: key, label: step ? t('maps/board:in_step', { stage: stage.name, step: step.name }) : stage.name }))}
        value={column}
        onChange={setColumn}
        clearable
        comboboxProps={{ withinPortal: false }}
        size="sm"
      />
      <Select
        label={t('lane')}
        placeholder={t('as_it_is')}
        data={lanes.map((one) => ({ value: one.id, label: one.name || t(`maps:lane.${one.kind}`) }))}
        value={lane}
        onChange={setLane}
        clearable
        comboboxProps={{ withinPortal: false }}
        size="sm"
      />
      <Button size="sm" disabled={column === null && lane === null} onClick={move}>
        {t('move')}
      </Button>
    </Stack>
  )
}
