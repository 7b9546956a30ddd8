/** What a figure means, one click from it: the texts are `define.<term>` of the question, else those all share. */
import { Popover, UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useLocale, useT } from '@/i18n/locale'
import { textsOf } from '@/i18n/texts'
import { usePlace } from './context'
import classes from './Definition.module.css'

export interface Defined {
  title: string
  text: string
}

type Terms = Record<string, Defined>

/** The terms of this question, in the order of its texts; `all`: and those all questions share. */
export function useDefinitions(all = false): Terms {
  const { language } = useLocale()
  const { question } = usePlace()
  const of = (namespace: string) => (textsOf(language, namespace).define ?? {}) as unknown as Terms
  return all ? { ...of('explore'), ...of(`explore/${question.key}`) } : of(`explore/${question.key}`)
}

/** `<Definition term="share">Share</Definition>`: the words underlined; without words, a small sign beside a head. */
export function Definition({ term, children }: { term: string; children?: ReactNode }) {
  const t = useT('explore')
  const [opened, setOpened] = useState(false)
  const found = useDefinitions(true)[term]
  if (!found) throw new Error(`No definition of "${term}"`)
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom" withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={children ? classes.words : classes.sign}
          aria-expanded={opened}
          aria-label={children ? undefined : t('what_is', { term: found.title })}
          onClick={(event) => {
            event.stopPropagation()
            setOpened(!opened)
          }}
        >
          {children ?? <IconInfoCircle size={14} stroke={1.7} aria-hidden="true" />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.box}>
        <Entry {...found} />
      </Popover.Dropdown>
    </Popover>
  )
}

export function Entry({ title, text }: Defined) {
  return (
    <div className={classes.entry} tabIndex={-1}>
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  )
}

/** All terms of this question in one place. */
export function Definitions() {
  const t = useT('explore')
  const terms = useDefinitions()
  if (Object.keys(terms).length === 0) return null
  return (
    <Popover width={360} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.all}>
          <IconInfoCircle size={15} stroke={1.7} aria-hidden="true" /> {t('definitions')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={`${classes.box} ${classes.list} hs-scroll`} tabIndex={0}>
        {Object.entries(terms).map(([term, found]) => (
          <Entry key={term} {...found} />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
