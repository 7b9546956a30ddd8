/** The questions by group: a quiet column beside the page, on narrow windows a button that opens the same list. */
import { Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconChevronDown, IconLayoutSidebar } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { useT } from '@/i18n/locale'
import { useScopeSearch } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { GROUPS } from './entry'
import { questions, type Question } from './registry'
import classes from './QuestionNav.module.css'

export function QuestionNav({ here }: { here: Question }) {
  const t = useT('explore')
  const narrow = useMediaQuery('(max-width: 1000px)')
  const [chosen, choose] = useLocalStorage<'open' | 'folded' | null>({ key: 'hamsafar.questions', defaultValue: null })
  const [opened, setOpened] = useState(false)
  if (narrow)
    return (
      <nav className={classes.top} aria-label={t('questions')}>
        <Popover opened={opened} onChange={setOpened} position="bottom-start" width="target" trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton
              className={classes.chooser}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <here.icon size={17} stroke={1.7} aria-hidden="true" />
              <span className={classes.chosen}>
                <span className="hs-faint">{t(`group.${here.group}`)}</span>
                <strong>{t(`ask.${here.key}.title`)}</strong>
              </span>
              <IconChevronDown size={16} aria-hidden="true" />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={6}>
            <div className={`${classes.dropdown} hs-scroll`}>
              <Questions here={here} onGo={() => setOpened(false)} />
            </div>
          </Popover.Dropdown>
        </Popover>
      </nav>
    )
  const small = (chosen ?? (here.wide ? 'folded' : 'open')) === 'folded'
  return (
    <nav className={`${classes.side} hs-scroll`} data-folded={small || undefined} aria-label={t('questions')}>
      <Questions here={here} folded={small} />
      <Tooltip label={t('unfold_questions')} position="right" disabled={!small}>
        <UnstyledButton
          className={classes.fold}
          aria-label={t(small ? 'unfold_questions' : 'fold_questions')}
          aria-expanded={!small}
          onClick={() => choose(small ? 'open' : 'folded')}
        >
          <IconLayoutSidebar size={16} stroke={1.6} className="hs-mirror" aria-hidden="true" />
          {!small && <span>{t('fold_questions')}</span>}
        </UnstyledButton>
      </Tooltip>
    </nav>
  )
}

function Questions(props: { here: Question; folded?: boolean; onGo?: () => void }) {
  const t = useT('explore')
  const list = useRef<HTMLDivElement>(null)

  /** Up and down go through all of them, as in one list. */
  function onKeyDown(event: KeyboardEvent) {
    const links = Array.from(list.current?.querySelectorAll<HTMLElement>('a') ?? [])
    const at = links.indexOf(event.target as HTMLElement)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
    if (at < 0 || next === undefined) return
    event.preventDefault()
    links[Math.max(0, Math.min(links.length - 1, next))]?.focus()
  }

  return (
    <div ref={list} onKeyDown={onKeyDown} className={classes.groups}>
      {GROUPS.map((group) => {
        const inGroup = questions.filter((one) => one.group === group)
        if (inGroup.length === 0) return null
        return (
          <section key={group} aria-label={t(`group.${group}`)}>
            {!props.folded && <div className={classes.group}>{t(`group.${group}`)}</div>}
            {inGroup.map((one) => (
              <Way key={one.key} one={one} {...props} />
            ))}
          </section>
        )
      })}
    </div>
  )
}

function Way(props: { one: Question; here: Question; folded?: boolean; onGo?: () => void }) {
  const t = useT('explore')
  const workspace = useWorkspace()
  const search = useScopeSearch()
  const { one, here, folded } = props
  const title = t(`ask.${one.key}.title`)
  return (
    <Tooltip label={folded ? title : t(`ask.${one.key}.text`)} position="right" openDelay={folded ? 100 : 600}>
      <Link
        to={`/w/${workspace.id}/paths${one.key === 'overview' ? '' : `/${one.key}`}${search}`}
        className={classes.way}
        aria-current={one.key === here.key ? 'page' : undefined}
        aria-label={folded ? title : undefined}
        onClick={props.onGo}
      >
        <one.icon size={17} stroke={1.6} aria-hidden="true" />
        {!folded && <span>{title}</span>}
      </Link>
    </Tooltip>
  )
}
