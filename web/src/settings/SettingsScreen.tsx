/** The frame of every settings page: which settings, and the form. */
import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useT } from '@/i18n/locale'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import classes from './SettingsScreen.module.css'

const PAGES = ['profile', 'notices', 'workspace', 'style', 'members', 'teams'] as const

export function SettingsScreen(props: { page: string; actions?: ReactNode; children: ReactNode }) {
  const t = useT('settings')
  const workspace = useWorkspace()
  return (
    <Screen
      width="text"
      crumbs={[{ label: t('title'), to: 'settings' }, { label: t(props.page) }]}
      actions={props.actions}
    >
      <nav className={classes.pages} aria-label={t('title')}>
        {PAGES.map((page) => (
          <NavLink key={page} to={`/w/${workspace.id}/settings/${page}`} className={classes.page}>
            {t(page)}
          </NavLink>
        ))}
      </nav>
      {props.children}
    </Screen>
  )
}

/** One group of fields that is saved together. */
export function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={`${classes.part} hs-card`}>
      <div>
        <h2 className={classes.partTitle}>{title}</h2>
        {text && <p className={classes.partText}>{text}</p>}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  )
}

/** A labelled row of a few choices that are all in view. */
export function Choice(props: {
  label: string
  value: string
  data: { value: string; label: string }[]
  disabled?: boolean
  onChange: (value: string) => void
}) {
  return (
    <div>
      <div className={classes.label}>{props.label}</div>
      <SegmentedControl
        aria-label={props.label}
        disabled={props.disabled}
        value={props.value}
        data={props.data}
        onChange={props.onChange}
      />
    </div>
  )
}

export const LANGUAGES = [
  { value: 'fa', label: 'فارسی' },
  { value: 'en', label: 'English' },
]
