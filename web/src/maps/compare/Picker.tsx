/** What is compared: the map as it is now, one of its versions, its current state or futures, or another map. */
import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { useMaps } from '../api'
import { useLinks, useVersions } from '../versions/api'
import { useVersionName } from '../versions/useVersionName'

export interface Choice {
  value: string
  label: string
}

/** All that can be compared with a map, in groups; and what each is called. */
export function useChoices(m: string): { groups: { group: string; items: Choice[] }[]; nameOf: (value: string) => string } {
  const t = useT('maps/compare')
  const formats = useFormats()
  const nameOfVersion = useVersionName()
  const versions = useVersions(m).data
  const links = useLinks(m).data
  const maps = useMaps().data
  return useMemo(() => {
    const now = { value: `map:${m}`, label: t('now', { title: maps?.find((one) => one.id === m)?.title ?? '' }) }
    const kept = (versions?.pages.flatMap((page) => page.items) ?? []).map((one) => ({
      value: `version:${one.id}`,
      label: t('version_at', { name: nameOfVersion(one), at: formats.dateTime(one.at) }),
    }))
    const linked = [...(links?.current ? [links.current] : []), ...(links?.futures ?? [])]
    const joined = linked.map((one) => ({ value: `map:${one.id}`, label: one.title }))
    const taken = new Set([m, ...linked.map((one) => one.id)])
    const others = (maps ?? []).filter((one) => !taken.has(one.id)).map((one) => ({ value: `map:${one.id}`, label: one.title }))
    const groups = [
      { group: t('group.this'), items: [now, ...kept] },
      { group: t('group.linked'), items: joined },
      { group: t('group.others'), items: others },
    ].filter((group) => group.items.length > 0)
    const names = new Map(groups.flatMap((group) => group.items).map((one) => [one.value, one.label]))
    return { groups, nameOf: (value: string) => names.get(value) ?? '' }
  }, [m, versions, links, maps, t, formats, nameOfVersion])
}

export function Picker(props: {
  label: string
  value: string
  groups: { group: string; items: Choice[] }[]
  onChange: (value: string) => void
}) {
  return (
    <Select
      label={props.label}
      data={props.groups}
      value={props.value || null}
      onChange={(value) => value && props.onChange(value)}
      allowDeselect={false}
      searchable
      size="xs"
    />
  )
}
