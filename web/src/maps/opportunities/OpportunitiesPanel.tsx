/** The map's opportunities: in an order of one's choice, and drawn by what they bring and what they cost. */
import { Select, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { byScore, opportunitiesOf, SORTS, type Opportunity, type Sort } from '@/editor/opportunity'
import { plainText } from '@/editor/richText'
import { directionOf } from '@/i18n/direction'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { EmptyState } from '@/ui/States'
import { focusPart } from '../focus'
import type { PanelProps } from '../panels'
import { useChoosing } from '../selection'
import { useMap } from '../session'
import { Matrix } from './Matrix'
import classes from './opportunities.module.css'

export function OpportunitiesPanel({ onClose }: PanelProps) {
  const t = useT('maps/opportunities')
  const shown = useFormats()
  const { dir } = useLocale()
  const { select } = useChoosing()
  const [sort, setSort] = useState<Sort>('score')
  const lanes = useMap((snapshot) => snapshot.lanes)
  const stages = useMap((snapshot) => snapshot.stages)
  const cells = useMap((snapshot) => snapshot.cells)
  const cards = useMap((snapshot) => snapshot.cards)
  const found = byScore(opportunitiesOf({ lanes, stages, cells, cards }), sort)
  const nameOf = (one: Opportunity) => plainText(one.card.text) || t('maps:card_empty')

  function open(one: Opportunity) {
    select({ kind: 'card', id: one.card.id })
    focusPart('card', one.card.id)
  }

  if (found.length === 0) {
    return (
      <InspectorPanel title={t('maps:panel.opportunities')} kind={t('maps:map')} onClose={onClose}>
        <EmptyState picture="map" title={t('none')} text={t('none_help')} />
      </InspectorPanel>
    )
  }
  return (
    <InspectorPanel title={t('maps:panel.opportunities')} kind={t('maps:map')} onClose={onClose}>
      <Text size="xs" className="hs-faint" mb="sm">
        {t('definition')}
      </Text>
      <Matrix found={found} nameOf={nameOf} onOpen={open} />
      <Select
        label={t('sort')}
        data={SORTS.map((value) => ({ value, label: t(`by.${value}`) }))}
        value={sort}
        onChange={(next) => next && setSort(next as Sort)}
        allowDeselect={false}
        size="sm"
        mt="md"
        mb="xs"
      />
      <ol className={classes.list}>
        {found.map((one, index) => (
          <li key={one.card.id}>
            <UnstyledButton className={classes.one} onClick={() => open(one)}>
              <span className={`${classes.rank} hs-tabular`}>{shown.num(index + 1)}</span>
              <span className={classes.about}>
                <bdi className={classes.name} dir={directionOf(nameOf(one), dir)}>
                  {nameOf(one)}
                </bdi>
                <span className="hs-faint">
                  <bdi>{one.stage}</bdi>
                  {one.card.owner && (
                    <>
                      {' · '}
                      <bdi>{one.card.owner.name}</bdi>
                    </>
                  )}
                </span>
                <span className={`${classes.parts} hs-tabular`}>
                  {(['impact', 'effort', 'confidence'] as const).map((name) => (
                    <span key={name}>{t(`part.${name}`, { value: one.card[name] === undefined ? '–' : shown.num(one.card[name]) })}</span>
                  ))}
                </span>
              </span>
              <span className={`${classes.score} hs-tabular`} data-none={one.score === null || undefined}>
                {one.score === null ? t('no_score') : shown.num(one.score, 1)}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </InspectorPanel>
  )
}
