/** The questions by group: a quiet column beside the page, on narrow windows a button that opens the same list. */
import { Popover, Tooltip, UnstyledButton } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconBookmarks, IconChevronDown, IconLayoutSidebar, type Icon } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { useT } from '@/i18n/locale'
import { useScopeSearch } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { GROUPS } from './entry'
import { questions, type Question } from './registry'
import classes from './QuestionNav.module.css'

/** `here` is null on the list of saved views. */
export function QuestionNav({ here }: { here: Question | null }) {
  const t = useT('explore')
  const narrow = useMediaQuery('(max-width: 1000px)')
  const [chosen, choose] = useLocalStorage<'open' | 'folded' | null>({ key: 'hamsafar.questions', defaultValue: null })
  const [opened, setOpened] = useState(false)
  const Sign = here?.icon ?? IconBookmarks
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
              <Sign size={17} stroke={1.7} aria-hidden="true" />
              <span className={classes.chosen}>
                {here && <span className="hs-faint">{t(`group.${here.group}`)}</span>}
                <strong>{here ? t(`ask.${here.key}.title`) : t('view.all')}</strong>
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
  const small = (chosen ?? (here?.wide ? 'folded' : 'open')) === 'folded'
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

function Questions(props: { here: Question | null; folded?: boolean; onGo?: () => void }) {
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
              <Way
                key={one.key}
                to={one.key === 'overview' ? '' : `/${one.key}`}
                icon={one.icon}
                title={t(`ask.${one.key}.title`)}
                text={t(`ask.${one.key}.text`)}
                current={one.key === props.here?.key}
                folded={props.folded}
                onGo={props.onGo}
              />
            ))}
          </section>
        )
      })}
      <section aria-label={t('view.all')}>
        <Way
          to="/views"
          icon={IconBookmarks}
          title={t('view.all')}
          text={t('view.all_text')}
          current={props.here === null}
          folded={props.folded}
          onGo={props.onGo}
        />
      </section>
    </div>
  )
}

interface WayProps {
  to: string
  icon: Icon
  title: string
  text: string
  current: boolean
  folded?: boolean | undefined
  onGo?: (() => void) | undefined
}

function Way({ to, icon: Sign, title, text, current, folded, onGo }: WayProps) {
  const workspace = useWorkspace()
  const search = useScopeSearch()
  return (
    <Tooltip label={folded ? title : text} position="right" openDelay={folded ? 100 : 600}>
      <Link
        to={`/w/${workspace.id}/paths${to}${search}`}
        className={classes.way}
        aria-current={current ? 'page' : undefined}
        aria-label={folded ? title : undefined}
        onClick={onGo}
      >
        <Sign size={17} stroke={1.6} aria-hidden="true" />
        {!folded && <span>{title}</span>}
      </Link>
    </Tooltip>
  )
}
