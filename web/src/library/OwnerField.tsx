/** Who answers for something: a member, a team, or any other name, for people outside answer for things too. */
import { Autocomplete } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Owner } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { useMembers, useTeams } from './api'

export function OwnerField({ owner, onSave, readOnly, label, description }: {
  owner: Owner | undefined
  onSave: (owner: Owner | null) => void
  readOnly: boolean
  label: string
  description?: string
}) {
  const t = useT('library')
  const members = (useMembers().data ?? []).filter((member) => member.name)
  const teams = useTeams().data?.items ?? []
  const known = owner?.kind === 'member' ? members : owner?.kind === 'team' ? teams : []
  // What they are called now; one that is gone keeps the name that was written.
  const name = owner ? (known.find((one) => one.id === owner.id)?.name ?? owner.name) : ''
  const [text, setText] = useState(name)
  useEffect(() => setText(name), [name])
  // A name stands for one choice: a team that is called like a member is reached by the member's name only.
  const memberNames = [...new Set(members.map((one) => one.name))]
  const teamNames = teams.map((one) => one.name).filter((one) => !memberNames.includes(one))

  function save(typed: string) {
    const clean = typed.trim()
    if (clean === name) return
    if (!clean) return onSave(null)
    const called = (one: { name: string }) => searchKey(one.name) === searchKey(clean)
    const member = members.find(called)
    const team = teams.find(called)
    if (member) onSave({ kind: 'member', id: member.id, name: member.name })
    else if (team) onSave({ kind: 'team', id: team.id, name: team.name })
    else onSave({ kind: 'text', name: clean })
  }

  return (
    <Autocomplete
      label={label}
      description={description}
      placeholder={t('owner.placeholder')}
      data={[
        { group: t('owner.teams'), items: teamNames },
        { group: t('owner.members'), items: memberNames },
      ]}
      // As names are compared everywhere; what stands there already does not hide the other choices.
      filter={({ options, search }) =>
        options.flatMap((group) => {
          if (!('items' in group)) return []
          const items = search === name ? group.items : group.items.filter((one) => searchKey(one.label).includes(searchKey(search)))
          return items.length > 0 ? [{ ...group, items }] : []
        })
      }
      value={text}
      readOnly={readOnly}
      onChange={setText}
      onOptionSubmit={save}
      onBlur={() => save(text)}
      classNames={{ input: 'hs-plain' }}
      data-field="owner"
      size="sm"
      maxLength={200}
    />
  )
}
