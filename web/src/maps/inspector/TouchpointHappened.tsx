/** What happened at a touchpoint: who came, where they went next, and how paths differ here. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import type { Card } from '@/editor/model'
import { plainText } from '@/editor/richText'
import { useFormats, useT } from '@/i18n/locale'
import { Facts, InspectorSection } from '@/ui/InspectorPanel'
import { Duration, Num, Rate } from '@/ui/Values'
import { useLibrary } from '../library'
import { isolate } from '../isolate'
import { useMeasured } from '../measured/context'
import type { TouchpointBucket, TouchpointMeasured } from '../measured/types'
import { useMap } from '../session'
import { useBetween } from './cardName'
import { WhoNumber } from './StageInspector'
import classes from './inspector.module.css'

const SHOWN_NEXT = 8

export function TouchpointHappened({ card, numbers }: { card: Card; numbers: TouchpointMeasured }) {
  const t = useT('maps')
  const shown = useFormats()
  const { map, adHocFrom, openWho } = useMeasured()
  const { touchpoints } = useLibrary()
  const name = isolate(plainText(card.text) || (card.touchpoint ? touchpoints.get(card.touchpoint)?.name : '') || '')
  const { missing, out_of_sequence: back, failing, late } = numbers.deviations
  const between = useBetween()
  const group = map?.groups.find((one) => one.cards.includes(card.id))
  const groupMissing = group?.missing ?? null
  const adHoc = adHocFrom.get(card.id) ?? []
  const overlap = map?.overlaps.filter((one) => card.touchpoint && one.touchpoints.includes(card.touchpoint)) ?? []
  const unknown = map?.unknown_events.filter((one) => one.touchpoint === card.touchpoint) ?? []
  const who = (bucket: TouchpointBucket, n: number) =>
    openWho({ kind: 'touchpoint', card: card.id, bucket }, t(`who.touchpoint_${bucket}`, { touchpoint: name }), n)
  return (
    <>
      <InspectorSection title={t('what_happened')}>
        <Facts
          facts={[
            { label: t('measured.persons'), value: <WhoNumber n={numbers.persons} onWho={() => who('visited', numbers.persons)} /> },
            { label: t('touchpoint_share'), value: <Rate rate={numbers.share_of_persons} /> },
            { label: t('measured.visits'), value: <Num value={numbers.visits} /> },
            { label: t('measured.in_instances'), value: <Num value={numbers.instances} /> },
            {
              label: t('measured.since_previous'),
              value: (
                <>
                  <Duration seconds={numbers.median_seconds_since_previous} />{' '}
                  <span className={classes.n}>{t('ui:n_is', { n: numbers.n_time })}</span>
                </>
              ),
            },
            { label: t('measured.last_for'), value: <WhoNumber n={numbers.last} onWho={() => who('last', numbers.last)} /> },
          ]}
        />
      </InspectorSection>
      <NextSteps card={card.id} name={name} numbers={numbers} />
      {(missing || groupMissing || back.instances > 0 || failing || late || adHoc.length > 0) && (
        <InspectorSection title={t('measured.deviations')}>
          <ul className={classes.lines}>
            {missing && (
              <li className={classes.line}>
                <span className={classes.lineText}>
                  <span className={classes.kind}>{t('deviation.missing')}</span> {t('missing_of', { of: missing.of })}
                </span>
                <WhoNumber n={missing.instances} onWho={() => who('missing', missing.instances)} />
              </li>
            )}
            {group && groupMissing && (
              <li className={classes.line}>
                <span className={classes.lineText}>
                  <span className={classes.kind}>{t('deviation.missing')}</span> {t('group_missing_of', { of: groupMissing.of })}
                </span>
                <WhoNumber
                  n={groupMissing.instances}
                  onWho={() => openWho({ kind: 'group', group: group.group, bucket: 'missing' }, t('who.touchpoint_missing', { touchpoint: name }), groupMissing.instances)}
                />
              </li>
            )}
            {back.instances > 0 && (
              <li className={classes.line}>
                <span className={classes.lineText}>
                  <span className={classes.kind}>{t('deviation.out_of_sequence')}</span> {t('late_events', { count: back.events })}
                </span>
                <WhoNumber n={back.instances} onWho={() => who('out_of_sequence', back.instances)} />
              </li>
            )}
            {failing && (
              <li className={classes.line}>
                <span className={classes.lineText}>
                  <span className={classes.kind}>{t('deviation.failing')}</span> {t('failing_events', { count: failing.events, of: failing.of })} <Rate
                    rate={failing.share}
                    compact
                  />
                </span>
                <WhoNumber n={failing.instances} onWho={() => who('failing', failing.instances)} />
              </li>
            )}
            {late && (
              <li className={classes.line}>
                <span className={classes.lineText}>
                  <span className={classes.kind}>{t('deviation.late')}</span> {t('late_visits', { count: late.events, of: late.of, target: shown.duration(late.target_seconds) })} <Rate
                    rate={late.share}
                    compact
                  />
                  {late.seconds.p50 !== null && late.seconds.p90 !== null && (
                    <span className={classes.where}>
                      {t('late_times', { half: shown.duration(late.seconds.p50), most: shown.duration(late.seconds.p90) })}
                    </span>
                  )}
                </span>
                <WhoNumber n={late.instances} onWho={() => who('late', late.instances)} />
              </li>
            )}
            {adHoc.map((one) => (
              <li key={`${one.event}:${one.to_card}`} className={classes.line}>
                <span className={classes.lineText}>
                  <span
                    className={classes.kind}>{t('deviation.ad_hoc')}</span> <bdi>{one.event}</bdi> <Rate
                    rate={one.share}
                    compact
                  />
                  <span className={classes.where}>{between(one)}</span>
                </span>
                <WhoNumber
                  n={one.instances}
                  onWho={() =>
                    openWho({ kind: 'ad_hoc', event: one.event, from_card: one.from_card, to_card: one.to_card }, t('who.ad_hoc', { event: isolate(one.event) }), one.instances)
                  }
                />
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      {(overlap.length > 0 || unknown.length > 0) && (
        <InspectorSection title={t('section.binding_notes')}>
          <ul className={classes.lines}>
            {unknown.map((one) => (
              <li key={one.pattern} className={classes.line}>
                <span className={classes.lineText}>
                  {t('never_seen_event')} <bdi className="hs-ltr">{one.pattern}</bdi>
                </span>
              </li>
            ))}
            {overlap.map((one) => (
              <li key={one.event} className={classes.line}>
                <span className={classes.lineText}>
                  {t('overlap', { event: isolate(one.event), touchpoint: isolate(touchpoints.get(one.given_to)?.name ?? one.given_to), count: one.events })}
                </span>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
    </>
  )
}

function NextSteps({ card, name, numbers }: { card: string; name: string; numbers: TouchpointMeasured }) {
  const t = useT('maps')
  const shown = useFormats()
  const { openWho } = useMeasured()
  const { touchpoints } = useLibrary()
  const cards = useMap((snapshot) => snapshot.cards)
  const stages = useMap((snapshot) => snapshot.stages)
  const nameOf = (id: string) => {
    if (id === '(end)') return t('path_end')
    const one = cards.get(id)
    const text = plainText(one?.text ?? '') || (one?.touchpoint ? touchpoints.get(one.touchpoint)?.name : '') || id
    if (one && id !== card && [...cards.values()].some((other) => other.id !== id && other.touchpoint && other.touchpoint === one.touchpoint)) {
      return `${isolate(text)} · ${isolate(stages.find((stage) => stage.id === one.stage)?.name ?? '')}`
    }
    return id === card ? t('again', { name: isolate(text) }) : isolate(text)
  }
  const first = numbers.next.slice(0, SHOWN_NEXT)
  const rest = numbers.next.slice(SHOWN_NEXT)
  if (first.length === 0) return null
  const most = Math.max(...first.map((one) => one.share))
  return (
    <InspectorSection title={t('section.next')}>
      <ul className={classes.next}>
        {first.map((one) => (
          <li key={one.card}>
            <Tooltip label={t('next_help', { count: one.count, persons: one.persons })}>
              <UnstyledButton
                className={classes.nextButton}
                onClick={() => openWho({ kind: 'next', card, to: one.card }, t('who.next', { from: name, to: nameOf(one.card) }), one.persons)}
              >
                <span className={classes.nextName} data-end={one.card === '(end)' || undefined}>
                  {nameOf(one.card)}
                </span>
                <span className="hs-tabular">{shown.percent(one.share)}</span>
                <span className={classes.nextBar} aria-hidden="true">
                  <span
                    style={{ inlineSize: `${(one.share / most) * 100}%` }}
                    data-end={one.card === '(end)' || undefined}
                  />
                </span>
              </UnstyledButton>
            </Tooltip>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="hs-faint">
            {t('next_rest', { count: rest.length, share: shown.percent(rest.reduce((sum, one) => sum + one.share, 0)) })}
          </li>
        )}
      </ul>
    </InspectorSection>
  )
}
