/** What a careful reader would say of the map, rule by rule: each finding leads to its place and offers what can be done. */
import { Button, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { RULES, type Finding, type Fix, type Place, type Rule } from '@/editor/review/review'
import { useFormats, useT } from '@/i18n/locale'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { focusPart } from '../focus'
import { useChoosing } from '../selection'
import { useMap, useSession } from '../session'
import { useFix, useReview } from './useReview'
import classes from './ReviewPanel.module.css'

const SHOWN_AT_FIRST = 4

export function ReviewPanel({ onClose }: { onClose: () => void }) {
  const t = useT('maps')
  const findings = useReview()
  const off = useMap((snapshot) => snapshot.meta.review_off) ?? []
  const groups = RULES.map((rule) => ({ rule, found: findings.filter((one) => one.rule === rule) })).filter((group) => group.found.length > 0)
  return (
    <InspectorPanel title={t('review.title')} kind={t('map')} onClose={onClose}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('review.intro')}
      </Text>
      {groups.length === 0 ? (
        <div className={classes.clean} role="status">
          <IconCircleCheck size={20} aria-hidden="true" /> {t('review.clean')}
        </div>
      ) : (
        <Text size="sm" fw={600} role="status">
          {t('review.count', { count: findings.length })}
        </Text>
      )}
      {groups.map(({ rule, found }) => (
        <RuleFindings key={rule} rule={rule} found={found} />
      ))}
      {off.length > 0 && <SwitchedOff off={off} />}
    </InspectorPanel>
  )
}

function RuleFindings({ rule, found }: { rule: Rule; found: readonly Finding[] }) {
  const t = useT('maps')
  const shown = useFormats()
  const { readOnly } = useSession()
  const [all, setAll] = useState(false)
  const [asking, setAsking] = useState(false)
  const rest = found.length - SHOWN_AT_FIRST
  return (
    <section className={classes.rule} aria-label={t(`review.rule.${rule}`)}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <h3 className={classes.name}>
          {t(`review.rule.${rule}`)} <span className="hs-faint hs-tabular">{shown.num(found.length)}</span>
        </h3>
        {!readOnly && !asking && (
          <UnstyledButton className={classes.off} onClick={() => setAsking(true)}>
            {t('review.switch_off')}
          </UnstyledButton>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`review.why.${rule}`)}
      </Text>
      {asking && <SwitchOff rule={rule} onDone={() => setAsking(false)} />}
      <ul className={classes.findings}>
        {(all ? found : found.slice(0, SHOWN_AT_FIRST)).map((one, index) => (
          <FindingLine key={`${one.place.kind}:${one.place.id}:${index}`} finding={one} />
        ))}
      </ul>
      {rest > 0 && !all && (
        <UnstyledButton className={classes.off} onClick={() => setAll(true)}>
          {t('review.more', { count: rest })}
        </UnstyledButton>
      )}
    </section>
  )
}

/** One finding; `onShow` is what pressing its sentence does, else its place is selected. */
export function FindingLine({ finding, onShow }: { finding: Finding; onShow?: (place: Place) => void }) {
  const t = useT('maps')
  const shown = useFormats()
  const { readOnly } = useSession()
  const { select } = useChoosing()
  const fix = useFix()
  const { rule, place, says } = finding
  const told = Object.fromEntries(
    Object.entries(says).map(([key, value]) => [
      key,
      key === 'due' ? shown.date(`${value}T12:00:00`) : value === '' ? t('card_empty') : value,
    ]),
  )
  return (
    <li className={classes.finding}>
      <UnstyledButton
        className={classes.says}
        onClick={() => {
          if (onShow) return onShow(place)
          select(place.kind === 'map' ? { kind: 'map', id: '' } : { kind: place.kind, id: place.id })
          if (place.kind !== 'map') focusPart(place.kind === 'card' ? 'card' : 'stage-head', place.id)
        }}
      >
        {t(`review.says.${rule}`, told)}
      </UnstyledButton>
      {finding.fix && !readOnly && (
        <Button size="compact-xs" variant="light" onClick={() => fix(finding.fix!)}>
          {t(`review.fix.${nameOfFix(finding.fix)}`)}
        </Button>
      )}
    </li>
  )
}

function nameOfFix(fix: Fix): string {
  switch (fix.kind) {
    case 'run':
      return fix.name
    case 'rewrite':
      return 'rewrite'
    case 'open':
      return `choose_${fix.field}`
    case 'add_card':
      return fix.before ? 'step_between' : fix.thin ? 'add_card' : `add_${fix.laneKind}`
  }
}

function SwitchOff({ rule, onDone }: { rule: Rule; onDone: () => void }) {
  const t = useT('maps')
  const { run } = useSession()
  const off = useMap((snapshot) => snapshot.meta.review_off) ?? []
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  function save() {
    if (!reason.trim()) return setTried(true)
    run({ do: 'set_map', fields: { review_off: [...off.filter((one) => one.rule !== rule), { rule, reason: reason.trim() }] } })
    onDone()
  }
  return (
    <Stack gap={6} my={6}>
      <TextInput
        label={t('review.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && save()}
        error={tried && !reason.trim() ? t('review.reason_missing') : undefined}
        maxLength={1000}
        size="xs"
        data-autofocus
      />
      <Group gap="xs">
        <Button size="compact-xs" onClick={save}>
          {t('review.switch_off')}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onDone}>
          {t('ui:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function SwitchedOff({ off }: { off: readonly { rule: string; reason: string }[] }) {
  const t = useT('maps')
  const { run, readOnly } = useSession()
  return (
    <section className={classes.rule} aria-label={t('review.off')}>
      <h3 className={classes.name}>{t('review.off')}</h3>
      <ul className={classes.findings}>
        {off.map(({ rule, reason }) => (
          <li key={rule} className={classes.finding}>
            <span>
              {(RULES as readonly string[]).includes(rule) ? t(`review.rule.${rule}`) : rule}
              <Text size="xs" c="dimmed" span display="block" className="hs-plain">
                {reason}
              </Text>
            </span>
            {!readOnly && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => {
                  const left = off.filter((one) => one.rule !== rule)
                  run({ do: 'set_map', fields: { review_off: left.length > 0 ? left : null } })
                }}
              >
                {t('review.switch_on')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
