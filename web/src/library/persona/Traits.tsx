/** Traits of a persona, each on a scale of five points. */
import { ActionIcon, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useT } from '@/i18n/locale'
import type { Trait } from '../types'
import classes from './persona.module.css'

const POINTS = [1, 2, 3, 4, 5] as const

export function Traits({ traits, readOnly, onSave }: { traits: readonly Trait[]; readOnly: boolean; onSave: (traits: Trait[]) => void }) {
  const t = useT('library')
  const [name, setName] = useState('')
  function add(event: FormEvent) {
    event.preventDefault()
    const clean = name.trim()
    if (!clean || traits.some((trait) => trait.name === clean)) return
    onSave([...traits, { name: clean, value: 3 }])
    setName('')
  }
  return (
    <>
      {traits.map((trait, index) => (
        <div key={trait.name} className={classes.trait}>
          <bdi>{trait.name}</bdi>
          <Scale
            label={trait.name}
            value={trait.value}
            readOnly={readOnly}
            onChange={(value) => onSave(traits.map((one, at) => (at === index ? { ...one, value } : one)))}
          />
          {!readOnly && (
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('remove_trait', { name: trait.name })} onClick={() => onSave(traits.filter((_one, at) => at !== index))}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!readOnly && traits.length < 30 && (
        <form onSubmit={add}>
          <TextInput
            aria-label={t('add_trait')}
            placeholder={t('add_trait')}
            value={name}
            maxLength={200}
            classNames={{ input: 'hs-plain' }}
            size="sm"
            onChange={(event) => setName(event.currentTarget.value)}
            rightSection={
              <ActionIcon type="submit" variant="subtle" size="sm" aria-label={t('add_trait')}>
                <IconPlus size={15} />
              </ActionIcon>
            }
          />
        </form>
      )}
    </>
  )
}

/** Five points in a row, filled up to the value: a group of native radios, so the arrows move it. */
export function Scale({ label, value, readOnly = false, onChange }: { label: string; value: number; readOnly?: boolean; onChange?: (value: number) => void }) {
  const t = useT('library')
  if (readOnly || !onChange) {
    return (
      <span className={classes.scale} role="img" aria-label={t('trait_of_five', { name: label, value })}>
        {POINTS.map((point) => (
          <span key={point} className={classes.point} data-on={point <= value || undefined} />
        ))}
      </span>
    )
  }
  return (
    <fieldset className={classes.scale} aria-label={label}>
      {POINTS.map((point) => (
        <label key={point} className={classes.pick}>
          <input type="radio" name={`trait:${label}`} checked={point === value} aria-label={t('points', { n: point })} onChange={() => onChange(point)} />
          <span className={classes.point} data-on={point <= value || undefined} />
        </label>
      ))}
    </fieldset>
  )
}
