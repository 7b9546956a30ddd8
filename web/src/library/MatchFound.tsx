/** What a matcher finds among the recorded events: how many, examples, what was never seen, who else claims them. */
import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Matcher } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { DateTime } from '@/ui/Values'
import { useMatch } from './api'
import classes from './library.module.css'

export function MatchFound({ matcher, touchpoint, map }: {
  matcher: Matcher | null
  touchpoint: string | undefined
  map: string | undefined
}) {
  const t = useT('library')
  const problem = useProblemText()
  const { data, error, isFetching } = useMatch(matcher, touchpoint, map)
  if (!matcher) return <p className={classes.hint}>{t('match.unbound')}</p>
  if (error) return <p className={classes.hint}>{problem(error).detail ?? problem(error).title}</p>
  if (!data) return <Loader size="xs" type="dots" aria-label={t('match.counting')} />
  const names = (all: string[]) => all.map((name) => `\u2068${name}\u2069`).join(t('ui:list_joiner'))
  return (
    <div className={classes.match} aria-live="polite" aria-busy={isFetching}>
      {data.events === 0 ? (
        <p className={classes.never}>
          <IconAlertTriangle size={15} aria-hidden="true" /> {t('match.never_seen')}
        </p>
      ) : (
        <p className={classes.found}>
          <IconCircleCheck size={15} aria-hidden="true" /> {t('match.found', { events: data.events, persons: data.persons })}
        </p>
      )}
      {data.events > 0 && data.never_seen.length > 0 && (
        <p className={classes.never}>
          <IconAlertTriangle size={15} aria-hidden="true" /> {t('match.some_never_seen', { names: names(data.never_seen) })}
        </p>
      )}
      {data.unknown_properties.length > 0 && (
        <p className={classes.never}>
          <IconAlertTriangle size={15} aria-hidden="true" /> {t('match.unknown_properties', { names: names(data.unknown_properties) })}
        </p>
      )}
      {data.also_matched_by.length > 0 && (
        <p className={classes.hint}>{t('match.also', { names: names(data.also_matched_by.map((one) => one.name)) })}</p>
      )}
      {data.examples.length > 0 && (
        <ul className={classes.examples} aria-label={t('match.examples')}>
          {data.examples.slice(0, 4).map((one, index) => (
            <li key={index}>
              <DateTime at={one.at} /> <bdi className={classes.exampleName}>{one.name}</bdi> <bdi className="hs-faint">{one.person}</bdi>
              <span className={classes.exampleProperties} dir="auto">
                {Object.entries(one.properties)
                  .slice(0, 4)
                  .map(([name, value]) => `${name}: ${String(value)}`)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
