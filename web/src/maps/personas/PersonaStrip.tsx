/** Whose journey the map is: a card for each persona above the board, with face, name and quote; it opens their sheet. */
import { Link } from 'react-router'
import { memo } from 'react'
import { useT } from '@/i18n/locale'
import { Portrait } from '@/library/Portrait'
import { useWorkspace } from '@/shell/session'
import { personaColor } from '../board/curves'
import { useMapPersonas } from '../library'
import classes from './PersonaStrip.module.css'

export const PersonaStrip = memo(function PersonaStrip() {
  const t = useT('maps')
  const { id: w } = useWorkspace()
  const personas = useMapPersonas()
  if (personas.length === 0) return null
  return (
    <ul className={`${classes.strip} hs-scroll`} aria-label={t('section.personas')}>
      {personas.map(({ id, name, color, sheet }, place) => {
        const face = (
          <>
            <span className={classes.ring} style={{ borderColor: personaColor(color, place) }}>
              <Portrait name={name} photo={sheet?.photo} portrait={sheet?.portrait} />
            </span>
            <span className={classes.said}>
              <bdi className={classes.name}>{name}</bdi>
              {sheet?.quote && <span className={`${classes.quote} hs-plain`}>{t('library:quoted', { text: sheet.quote })}</span>}
            </span>
          </>
        )
        return (
          <li key={id} className={classes.card}>
            {sheet ? (
              <Link to={`/w/${w}/personas/${sheet.id}`} className={classes.link}>
                {face}
              </Link>
            ) : (
              <span className={classes.link}>{face}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
})
