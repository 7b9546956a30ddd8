/** How one person's path differs from a map, in the order in which it shows. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { Loading } from '@/ui/States'
import { DateTime } from '@/ui/Values'
import { useMapChoice } from './onMap'
import type { PersonDeviation } from './onMapTypes'
import classes from './PersonDeviations.module.css'

export function PersonDeviations({ person }: { person: string }) {
  const t = useT('explore')
  const shown = useFormats()
  const { id: w } = useWorkspace()
  const problem = useProblemText()
  const [chosen, setChosen] = useState('')
  const choice = useMapChoice(chosen)
  const { map } = choice
  const { data, error } = useQuery<{ deviations: PersonDeviation[] }, Problem>({
    queryKey: ['person-deviations', w, map, person],
    queryFn: ({ signal }) =>
      post<{ deviations: PersonDeviation[] }>('/api/workspaces/{w}/maps/{m}/deviations/person', { path: { w, m: map ?? '' }, body: { person }, signal }),
    enabled: Boolean(map),
    staleTime: 60_000,
  })
  if (!map) return null
  return (
    <section className={`${classes.box} hs-card`} aria-label={t('on_map.person_title')}>
      <div className={classes.head}>
        <h2>{t('on_map.person_title')}</h2>
        <Select
          aria-label={t('on_map.against')}
          data={choice.maps.map((one) => ({ value: one.id, label: one.title }))}
          value={map}
          onChange={(next) => next && setChosen(next)}
          allowDeselect={false}
          size="xs"
          w={240}
        />
      </div>
      {error ? (
        <p className="hs-faint">{problem(error).title}</p>
      ) : !data ? (
        <Loading lines={2} />
      ) : data.deviations.length === 0 ? (
        <p className="hs-faint">{t('on_map.person_none')}</p>
      ) : (
        <ol className={classes.list}>
          {data.deviations.map((one, index) => (
            <li key={index} className={classes.line}>
              <span className={classes.at}>
                <DateTime at={one.at} />
              </span>
              <span className={classes.kind} data-kind={one.kind}>
                {t(`on_map.kind.${one.kind}`)}
              </span>
              <span className={classes.what}>
                <bdi>{one.kind === 'ad_hoc' ? one.event : one.name}</bdi>
                {one.seconds !== null && one.target_seconds !== null && (
                  <span className="hs-faint">
                    {' '}
                    {t('on_map.took', { time: shown.duration(one.seconds), target: shown.duration(one.target_seconds) })}
                  </span>
                )}
              </span>
              <span className="hs-faint">{t('on_map.instance_n', { n: one.instance })}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
