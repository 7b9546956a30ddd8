/** A stage: what it is, who answers for it, what happened in it, and how paths differ there. */
import { Button, Group, Select, Stack, UnstyledButton } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useFormats, useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { Facts, InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { Duration, Num, Rate } from '@/ui/Values'
import { useLibrary } from '../library'
import { useIsDay } from '../board/DayAxis'
import { CommentOn } from '../comments/CommentOn'
import { DetailMap } from '../levels/DetailMap'
import { isolate } from '../isolate'
import { useMeasured } from '../measured/context'
import { OpenAfter } from '../measured/OpenAfter'
import { SplitBar, Swatch, type SwatchKind } from '../measured/SplitBar'
import type { StageBucket } from '../measured/types'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import { useBetween, useCardName } from './cardName'
import { WrittenField } from './fields'
import { GiveUnowned } from './GiveUnowned'
import { TargetsSection } from '../targets/TargetsSection'
import { TimeField } from './TimeField'
import { StageSteps } from './StepInspector'
import classes from './inspector.module.css'

export function StageInspector({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('maps')
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === id))
  const { run, readOnly } = useSession()
  const { map } = useMeasured()
  const isDay = useIsDay()
  if (!stage) return null
  const set = (fields: Record<string, unknown>) => run({ do: 'set_stage', id, fields })
  return (
    <InspectorPanel title={stage.name} kind={t('stage')} onClose={onClose}>
      <CommentOn part="stage" target={id} />
      {map && <StageHappened id={id} name={stage.name} />}
      <InspectorSection title={t('section.what')}>
        <Stack gap="sm">
          <WrittenField
            label={t('stage_name')}
            value={stage.name}
            onSave={(name) => name && set({ name })}
            readOnly={readOnly}
            maxLength={200}
          />
          <WrittenField
            label={t('description')}
            value={stage.description ?? ''}
            onSave={(text) => set({ description: text || null })}
            readOnly={readOnly}
            lines
          />
          <div>
            <OwnerField label={t('owner')} owner={stage.owner} onSave={(owner) => set({ owner })} readOnly={readOnly} />
            <GiveUnowned stage={stage} />
          </div>
          {isDay && (
            <Group grow align="flex-start">
              <TimeField label={t('maps/board:day.begins')} time={stage.begins} onSave={(begins) => set({ begins })} readOnly={readOnly} />
              <TimeField label={t('maps/board:day.ends')} time={stage.ends} onSave={(ends) => set({ ends })} readOnly={readOnly} />
            </Group>
          )}
          <ExitTouchpoint
            stage={id}
            value={stage.exit_touchpoint ?? null}
            onSave={(value) => set({ exit_touchpoint: value })}
            readOnly={readOnly}
          />
        </Stack>
      </InspectorSection>
      <TargetsSection scope={{ stage: id }} />
      <StageSteps stage={id} />
      <DetailMap stage={stage} />
    </InspectorPanel>
  )
}

function ExitTouchpoint(props: { stage: string; value: string | null; onSave: (id: string | null) => void; readOnly: boolean }) {
  const t = useT('maps')
  const { touchpoints } = useLibrary()
  const cards = useMap((snapshot) => snapshot.cards)
  const here = [...cards.values()].filter((card) => card.stage === props.stage && card.touchpoint).map((card) => card.touchpoint!)
  const ids = [...new Set([...here, ...(props.value ? [props.value] : [])])]
  const data = ids.map((id) => ({ value: id, label: touchpoints.get(id)?.name ?? id }))
  return (
    <Select
      label={t('exit_action')}
      description={t('exit_action_help')}
      placeholder={data.length === 0 ? t('exit_action_none') : t('exit_action_default')}
      data={data}
      value={props.value}
      onChange={props.onSave}
      clearable
      readOnly={props.readOnly}
      size="sm"
    />
  )
}

const BUCKETS: { bucket: StageBucket; swatch?: SwatchKind }[] = [
  { bucket: 'entered' },
  { bucket: 'went_on', swatch: 'wentOn' },
  { bucket: 'not_seen_after', swatch: 'notSeenAfter' },
  { bucket: 'still_open', swatch: 'stillOpen' },
  { bucket: 'left', swatch: 'left' },
  { bucket: 'skipped', swatch: 'skipped' },
  { bucket: 'achieved' },
]
const SELDOM: StageBucket[] = ['not_seen_after', 'skipped']

function StageHappened({ id, name }: { id: string; name: string }) {
  const t = useT('maps')
  const { stages, openWho } = useMeasured()
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === id))
  const found = stages.get(id)
  if (!found || !stage) return null
  return (
    <>
      <InspectorSection title={t('what_happened')}>
        <SplitBar stage={found} of={found.entered} />
        <Facts
          facts={[
            ...BUCKETS.filter(({ bucket }) => found[bucket] !== null && (!SELDOM.includes(bucket) || found[bucket]! > 0)).map(({ bucket, swatch }) => ({
              label: (
                <span className={classes.bucket}>
                  {swatch && <Swatch kind={swatch} />} {t(`measured.${bucket}`)}
                </span>
              ),
              value: (
                <WhoNumber
                  n={found[bucket] ?? 0}
                  onWho={() => openWho({ kind: 'stage', stage: id, bucket }, t(`who.${bucket}`, { stage: isolate(name) }), found[bucket] ?? 0)}
                />
              ),
            })),
            { label: t('measured.persons'), value: <Num value={found.persons} /> },
            { label: t('measured.share'), value: <Rate rate={found.share_went_on} /> },
            {
              label: t('measured.time'),
              value: (
                <>
                  <Duration seconds={found.median_seconds_to_next} /> <span className={classes.n}>{t('ui:n_is', { n: found.n_time })}</span>
                </>
              ),
            },
            { label: t('measured.open_after'), value: <OpenAfter stage={stage} /> },
          ]}
        />
      </InspectorSection>
      <StageDeviationList id={id} />
    </>
  )
}

/** Every deviation of the stage's touchpoints, the largest first; each opens its persons. */
function StageDeviationList({ id }: { id: string }) {
  const t = useT('maps')
  const { map, cards, openWho } = useMeasured()
  const { select } = useChoosing()
  const nameOf = useCardName()
  const between = useBetween()
  const lines: { key: string; kind: string; about: string; where?: string; card: string; n: number; who: () => void }[] = []
  for (const one of cards.values()) {
    if (one.stage !== id) continue
    const { missing, out_of_sequence: back, failing, late } = one.deviations
    const about = nameOf(one.card)
    const add = (kind: 'missing' | 'out_of_sequence' | 'failing' | 'late', n: number) =>
      lines.push({
        key: `${kind}:${one.card}`, kind, about, card: one.card, n,
        who: () => openWho({ kind: 'touchpoint', card: one.card, bucket: kind }, t(`who.touchpoint_${kind}`, { touchpoint: isolate(about) }), n),
      })
    if (missing && missing.instances > 0) add('missing', missing.instances)
    if (back.instances > 0) add('out_of_sequence', back.instances)
    if (failing && failing.instances > 0) add('failing', failing.instances)
    if (late && late.instances > 0) add('late', late.instances)
  }
  for (const group of map?.groups ?? []) {
    const missing = group.missing?.instances ?? 0
    if (group.stage !== id || missing === 0) continue
    const about = group.cards.map(nameOf).join(t('ui:list_joiner'))
    lines.push({
      key: `group:${group.group}`, kind: 'missing', about, card: group.cards[0] ?? '', n: missing,
      who: () => openWho({ kind: 'group', group: group.group, bucket: 'missing' }, t('who.touchpoint_missing', { touchpoint: isolate(about) }), missing),
    })
  }
  for (const one of map?.ad_hoc ?? []) {
    if (cards.get(one.from_card)?.stage !== id) continue
    lines.push({
      key: `ad_hoc:${one.event}:${one.from_card}:${one.to_card}`, kind: 'ad_hoc', about: one.event, where: between(one), card: one.from_card, n: one.instances,
      who: () => openWho({ kind: 'ad_hoc', event: one.event, from_card: one.from_card, to_card: one.to_card }, t('who.ad_hoc', { event: isolate(one.event) }), one.instances),
    })
  }
  if (lines.length === 0) return null
  lines.sort((a, b) => b.n - a.n)
  return (
    <InspectorSection title={t('measured.deviations')}>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.key} className={classes.line}>
            <UnstyledButton className={classes.lineText} onClick={() => select({ kind: 'card', id: line.card })}>
              <span className={classes.kind}>{t(`deviation.${line.kind}`)}</span> <bdi>{line.about}</bdi>
              {line.where && <span className={classes.where}>{line.where}</span>}
            </UnstyledButton>
            <WhoNumber n={line.n} onWho={line.who} />
          </li>
        ))}
      </ul>
    </InspectorSection>
  )
}

/** A number that opens the list of persons behind it. */
export function WhoNumber({ n, onWho }: { n: number; onWho: () => void }) {
  const t = useT('maps')
  const shown = useFormats()
  return (
    <Button
      className={classes.who}
      size="compact-xs"
      variant="subtle"
      onClick={onWho}
      disabled={n === 0}
      aria-label={t('who_is', { n })}
      rightSection={<IconUsers size={13} aria-hidden="true" />}
    >
      <span className="hs-tabular">{shown.num(n)}</span>
    </Button>
  )
}
