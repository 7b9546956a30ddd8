/** The line under a card's text: what it is marked as, its tags, and what hangs on it. */
import { IconExternalLink, IconIceberg, IconPaperclip, IconStarFilled, type Icon } from '@tabler/icons-react'
import type { Card } from '@/editor/model'
import { opportunityScore } from '@/editor/opportunity'
import { SAFE_LINK } from '@/editor/richText'
import { useFormats, useT } from '@/i18n/locale'
import classes from './CardMarks.module.css'

const SHOWN_TAGS = 3

export function CardMarks({ card }: { card: Card }) {
  const t = useT('maps/cards')
  const shown = useFormats()
  const tags = card.tags ?? []
  const files = card.files?.length ?? 0
  const score = opportunityScore(card)
  const link = card.link && SAFE_LINK.test(card.link) ? card.link : null
  if (!card.moment_of_truth && !card.hidden_need && !card.fit && score === null && !link && files === 0 && tags.length === 0) return null
  return (
    <div className={classes.marks}>
      {card.moment_of_truth && <Mark icon={IconStarFilled} kind="truth" label={t('moment_of_truth')} />}
      {card.hidden_need && <Mark icon={IconIceberg} kind="hidden" label={t('hidden_need')} />}
      {card.fit && (
        <span className={classes.fit} data-fit={card.fit}>
          {t(`fit.${card.fit}`)}
        </span>
      )}
      {score !== null && (
        <span data-tip={t('score_help')} className={`${classes.score} hs-tabular`}>{t('score_is', { score })}</span>
      )}
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <span key={tag} className={classes.tag} dir="auto">
          {tag}
        </span>
      ))}
      {tags.length > SHOWN_TAGS && (
        <span data-tip={tags.slice(SHOWN_TAGS).join(t('ui:comma'))} className={classes.tag}>
            <bdi dir="ltr">+{shown.num(tags.length - SHOWN_TAGS)}</bdi>
          </span>
      )}
      {files > 0 && (
        <span className={`${classes.files} hs-tabular`}>
          <IconPaperclip size={12} aria-hidden="true" />
          <span aria-hidden="true">{shown.num(files)}</span>
          <span className="hs-unseen">{t('files_n', { count: files })}</span>
        </span>
      )}
      {link && (
        <a
            data-tip={`\u2066${link}\u2069`}
            className={classes.link}
            href={link}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={t('open_link')}
            draggable={false}
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            <IconExternalLink size={13} className="hs-mirror" aria-hidden="true" />
          </a>
      )}
    </div>
  )
}

function Mark({ icon: Shape, kind, label }: { icon: Icon; kind: string; label: string }) {
  return (
    <span data-tip={label} className={classes.mark} data-kind={kind}>
        <Shape size={13} aria-hidden="true" />
        <span className="hs-unseen">{label}</span>
      </span>
  )
}
