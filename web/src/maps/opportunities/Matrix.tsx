/** Impact over effort: what stands high and near the beginning brings much for little. Mirrors with the reading direction. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconArrowRight, IconArrowUp } from '@tabler/icons-react'
import { SCORES, type Opportunity } from '@/editor/opportunity'
import { useFormats, useT } from '@/i18n/locale'
import classes from './opportunities.module.css'

export function Matrix({ found, nameOf, onOpen }: {
  /** In the order of the list: a dot carries its number there. */
  found: readonly Opportunity[]
  nameOf: (one: Opportunity) => string
  onOpen: (one: Opportunity) => void
}) {
  const t = useT('maps/opportunities')
  const shown = useFormats()
  const missing = found.filter(({ card }) => card.impact === undefined || card.effort === undefined).length
  return (
    <figure className={classes.figure} aria-label={t('matrix')}>
      <div className={classes.impact} aria-hidden="true">
        <IconArrowUp size={13} /> {t('axis.impact')}
      </div>
      <div className={classes.matrix}>
        {[...SCORES].reverse().flatMap((impact) =>
          SCORES.map((effort) => (
            <div key={`${impact}:${effort}`} className={classes.square} data-good={(impact > 3 && effort < 3) || undefined}>
              {found.map((one, index) =>
                one.card.impact === impact && one.card.effort === effort ? (
                  <Tooltip key={one.card.id} label={nameOf(one)}>
                    <UnstyledButton
                      className={`${classes.dot} hs-tabular`}
                      aria-label={t('dot', { place: index + 1, name: nameOf(one), impact, effort })}
                      onClick={() => onOpen(one)}
                    >
                      {shown.num(index + 1)}
                    </UnstyledButton>
                  </Tooltip>
                ) : null,
              )}
            </div>
          )),
        )}
        <span className={classes.corner} data-at="good" aria-hidden="true">
          {t('corner.first')}
        </span>
        <span className={classes.corner} data-at="bad" aria-hidden="true">
          {t('corner.last')}
        </span>
      </div>
      <div className={classes.effort} aria-hidden="true">
        {t('axis.effort')} <IconArrowRight size={13} className="hs-mirror" />
      </div>
      {missing > 0 && <figcaption className="hs-faint">{t('not_drawn', { count: missing })}</figcaption>}
    </figure>
  )
}
