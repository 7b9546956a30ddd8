/** What a step still lacks, and what the review says in its matter; each leads to its place. */
import { UnstyledButton } from '@mantine/core'
import type { Lack } from '@/editor/guide/guide'
import type { Finding } from '@/editor/review/review'
import { useT } from '@/i18n/locale'
import { FindingLine } from '../review/ReviewPanel'
import { useMap } from '../session'
import { useGuide } from './context'
import classes from './guide.module.css'

const LANE_OF: Partial<Record<Lack['code'], string>> = {
  no_problem: 'problem', no_actions: 'actions', no_thoughts: 'thoughts', goal_unanswered: 'goals',
  cannot_without_opportunity: 'opportunities', no_touchpoints: 'touchpoints',
}

export function Missing({ lacks, findings }: { lacks: readonly Lack[]; findings: readonly Finding[] }) {
  const t = useT('maps/guide')
  const { showStage, showCard } = useGuide()
  if (lacks.length === 0 && findings.length === 0) return <p className={classes.clean}>{t('nothing_missing')}</p>
  return (
    <section aria-label={t('missing')}>
      {lacks.length > 0 && (
        <>
          <h4 className={classes.small}>{t('missing')}</h4>
          <ul className={classes.lacks}>
            {lacks.map((lack, index) => (
              <LackLine key={`${lack.code}:${lack.stage}:${index}`} lack={lack} />
            ))}
          </ul>
        </>
      )}
      {findings.length > 0 && (
        <>
          <h4 className={classes.small}>{t('to_review')}</h4>
          {[...new Set(findings.map((one) => one.rule))].map((rule) => (
            <div key={rule}>
              <div className={classes.rule}>{t(`maps:review.rule.${rule}`)}</div>
              <ul className={classes.lacks}>
                {findings
                  .filter((one) => one.rule === rule)
                  .map((one, index) => (
                    <FindingLine
                      key={`${one.place.id}:${index}`}
                      finding={one}
                      onShow={(place) => (place.kind === 'card' ? showCard(place.id) : showStage(place.id))}
                    />
                  ))}
              </ul>
            </div>
          ))}
        </>
      )}
    </section>
  )
}

function LackLine({ lack }: { lack: Lack }) {
  const t = useT('maps/guide')
  const { showStage } = useGuide()
  const stage = useMap((snapshot) => snapshot.stages.find((one) => one.id === lack.stage))
  const names = lack.what?.map((one) => t(lack.code === 'lane_missing' ? `maps:lane.${one}` : `library:persona_field.${one}`)).join(t('ui:list_joiner'))
  const text = t(`lack.${lack.code}`, { stage: stage?.name ?? '', what: names ?? '' })
  return (
    <li>
      {stage ? (
        <UnstyledButton className={classes.lack} onClick={() => showStage(stage.id, LANE_OF[lack.code])}>
          {text}
        </UnstyledButton>
      ) : (
        text
      )}
    </li>
  )
}
