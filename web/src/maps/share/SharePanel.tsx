/** Public links to the map: make one, choose what it shows and until when, copy it, end it. */
import { Button, Checkbox, CopyButton, Group, MultiSelect, PasswordInput, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconLinkOff, IconLinkPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { ConfirmButton } from '@/ui/ConfirmButton'
import { DayField } from '@/ui/DayField'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { useMap } from '../session'
import { addressOf, embedCode, useChangeShares, useShares, type Share } from './api'
import classes from './SharePanel.module.css'

export function SharePanel({ onClose }: { onClose: () => void }) {
  const t = useT('maps/share')
  const { m = '' } = useParams()
  const { canEdit } = useWorkspace()
  const problem = useProblemText()
  const shares = useShares(m)
  const { make } = useChangeShares(m)
  const tell = useTellProblem()
  return (
    <InspectorPanel title={t('title')} kind={t('maps:map')} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm" className="hs-soft">
          {t('intro')}
        </Text>
        {!canEdit ? (
          <Text size="sm">{t('editors_only')}</Text>
        ) : shares.error ? (
          <ErrorState problem={problem(shares.error)} onRetry={() => void shares.refetch()} />
        ) : !shares.data ? (
          <Loading lines={4} />
        ) : (
          <>
            {shares.data.length === 0 && <EmptyState picture="map" title={t('none')} text={t('none_help')} />}
            <Group>
              <Button
                size="compact-sm"
                leftSection={<IconLinkPlus size={16} aria-hidden="true" />}
                loading={make.isPending}
                onClick={() => make.mutate({}, { onError: tell })}
              >
                {t('make')}
              </Button>
            </Group>
            {shares.data.map((share) => (
              <ShareCard key={share.id} share={share} m={m} />
            ))}
          </>
        )}
      </Stack>
    </InspectorPanel>
  )
}

function ShareCard({ share, m }: { share: Share; m: string }) {
  const t = useT('maps/share')
  const shown = useFormats()
  const title = useMap((snapshot) => snapshot.meta.title)
  const { change, revoke } = useChangeShares(m)
  const tell = useTellProblem()
  const [name, setName] = useState(share.name)
  const set = (fields: Parameters<typeof change.mutate>[0]) => change.mutate(fields, { onError: tell })
  const { id } = share
  return (
    <InspectorSection title={share.name || t('link_of', { date: shown.date(share.created_at) })}>
      <Stack gap="sm">
        {share.expired && (
          <Text size="sm" c="red">
            {t('expired')}
          </Text>
        )}
        <Copied text={addressOf(share.token)} label={t('address')} />
        <TextInput
          label={t('name')}
          description={t('name_help')}
          value={name}
          maxLength={200}
          size="sm"
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => name.trim() !== share.name && set({ id, name: name.trim() })}
        />
        <DayField
          label={t('until')}
          day={share.expires_at ? localDay(share.expires_at) : null}
          none={t('no_end')}
          onSave={(day) => set({ id, expires_at: day ? endOfDay(day) : null })}
        />
        <Password share={share} onSave={(password) => set({ id, password })} saving={change.isPending} />
        <Lanes share={share} onSave={(lanes) => set({ id, lanes })} />
        <Switch
          label={t('measured')}
          description={t('measured_help')}
          checked={share.measured}
          onChange={(event) => set({ id, measured: event.currentTarget.checked })}
          size="sm"
        />
        <Switch
          label={t('embeddable')}
          description={t('embeddable_help')}
          checked={share.embeddable}
          onChange={(event) => set({ id, embeddable: event.currentTarget.checked })}
          size="sm"
        />
        {share.embeddable && <Copied text={embedCode(share.token, title)} label={t('embed_code')} />}
        <Group>
          <ConfirmButton
            size="compact-sm"
            icon={<IconLinkOff size={15} aria-hidden="true" />}
            label={t('revoke')}
            question={t('revoke_sure')}
            answer={t('revoke')}
            loading={revoke.isPending}
            onConfirm={() => revoke.mutate(id, { onError: tell })}
          />
        </Group>
      </Stack>
    </InspectorSection>
  )
}

/** A text to be taken along, whole. */
function Copied({ text, label }: { text: string; label: string }) {
  const t = useT('maps/share')
  return (
    <div className={classes.copied}>
      <TextInput label={label} value={text} readOnly dir="ltr" size="sm" onFocus={(event) => event.currentTarget.select()} />
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={15} aria-hidden="true" /> : <IconCopy size={15} aria-hidden="true" />}
          >
            {t(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}

function Password({ share, onSave, saving }: { share: Share; onSave: (password: string | null) => void; saving: boolean }) {
  const t = useT('maps/share')
  const [text, setText] = useState('')
  const keep = () => {
    if (!text) return
    onSave(text)
    setText('')
  }
  return (
    <div className={classes.copied}>
      <PasswordInput
        label={t('password')}
        description={t(share.has_password ? 'password_set' : 'password_none')}
        placeholder={share.has_password ? t('password_new') : undefined}
        value={text}
        autoComplete="new-password"
        size="sm"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && keep()}
        visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
      />
      {text ? (
        <Button size="compact-sm" variant="light" loading={saving} onClick={keep}>
          {t('ui:save')}
        </Button>
      ) : (
        share.has_password && (
          <Button size="compact-sm" variant="default" onClick={() => onSave(null)}>
            {t('password_remove')}
          </Button>
        )
      )}
    </div>
  )
}

function Lanes({ share, onSave }: { share: Share; onSave: (lanes: string[] | null) => void }) {
  const t = useT('maps/share')
  const lanes = useMap((snapshot) => snapshot.lanes)
  const options = lanes.map((lane) => ({ value: lane.id, label: lane.name || t(`maps:lane.${lane.kind}`) }))
  const open = lanes.filter((lane) => !lane.hidden).map((lane) => lane.id)
  return (
    <Stack gap={6}>
      <Checkbox
        label={t('all_lanes')}
        checked={share.lanes === null}
        onChange={(event) => onSave(event.currentTarget.checked ? null : open)}
        size="sm"
      />
      {share.lanes !== null && (
        <MultiSelect
          label={t('lanes')}
          data={options}
          value={share.lanes.filter((lane) => options.some((one) => one.value === lane))}
          onChange={onSave}
          size="sm"
        />
      )}
    </Stack>
  )
}

/** The end of a day where the reader is, as a moment. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString()
}

/** The day of a moment where the reader is. */
export function localDay(moment: string): string {
  const at = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
