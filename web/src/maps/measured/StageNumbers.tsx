/** Who entered a stage and what became of them; each number opens the list of persons. */
import { Tooltip } from '@mantine/core'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { isolate } from '../isolate'
import { Swatch, type SwatchKind } from './SplitBar'
import { useMeasured } from './context'
import type { StageBucket } from './types'
import { WhoButton } from './WhoButton'
import classes from './measured.module.css'

const PARTS: { bucket: StageBucket; swatch: SwatchKind }[] = [
  { bucket: 'went_on', swatch: 'wentOn' },
  { bucket: 'not_seen_after', swatch: 'notSeenAfter' },
  { bucket: 'still_open', swatch: 'stillOpen' },
  { bucket: 'left', swatch: 'left' },
  { bucket: 'skipped', swatch: 'skipped' },
]
/** Told only where there are any: most stages have none. */
const SELDOM: StageBucket[] = ['not_seen_after', 'skipped']

export function StageNumbers({ stage }: { stage: Stage }) {
  const t = useT('maps')
  const shown = useFormats()
  const { stages, openWho } = useMeasured()
  const found = stages.get(stage.id)
  if (!found) return <span className="hs-faint">{t('ui:no_data')}</span>
  const who = (bucket: StageBucket, count: number) =>
    openWho({ kind: 'stage', stage: stage.id, bucket }, t(`who.${bucket}`, { stage: isolate(stage.name) }), count)
  return (
    <div className={classes.numbers}>
      <WhoButton className={classes.entered} onClick={() => who('entered', found.entered)}>
        <strong className="hs-tabular">{shown.num(found.entered)}</strong>{' '}
        <span className={classes.small}>{t('measured.entered')}</span>
      </WhoButton>
      {PARTS.filter(({ bucket }) => !SELDOM.includes(bucket) || (found[bucket] ?? 0) > 0).map(({ bucket, swatch }) => (
        <Tooltip key={bucket} label={t(`measured.${bucket}_help`)}>
          <WhoButton className={classes.numberLine} data-part={bucket === 'not_seen_after' || undefined} onClick={() => who(bucket, found[bucket] ?? 0)}>
            <Swatch kind={swatch} />
            <span className={classes.numberName}>{t(`measured.${bucket}`)}</span>
            <span className="hs-tabular">{shown.num(found[bucket] ?? 0)}</span>
          </WhoButton>
        </Tooltip>
      ))}
    </div>
  )
}
