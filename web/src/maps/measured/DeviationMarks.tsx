/** How paths differ from the map in one stage, counted; a press opens the stage's details. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconClockExclamation, IconPlus, IconUserMinus } from '@tabler/icons-react'
import type { Stage } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useMeasured, type Measured } from './context'
import classes from './measured.module.css'

export interface StageDeviations {
  missing: number
  out_of_sequence: number
  ad_hoc: number
  failing: number
  late: number
}

/** Sums over the stage's touchpoints: one instance may miss two of them and is counted at both. */
export function deviationsOf(stage: string, { map, cards }: Pick<Measured, 'map' | 'cards'>): StageDeviations {
  const found: StageDeviations = { missing: 0, out_of_sequence: 0, ad_hoc: 0, failing: 0, late: 0 }
  for (const touchpoint of cards.values()) {
    if (touchpoint.stage !== stage) continue
    found.missing += touchpoint.deviations.missing?.instances ?? 0
    found.out_of_sequence += touchpoint.deviations.out_of_sequence.instances
    found.failing += touchpoint.deviations.failing?.instances ?? 0
    found.late += touchpoint.deviations.late?.instances ?? 0
  }
  for (const group of map?.groups ?? []) if (group.stage === stage) found.missing += group.missing?.instances ?? 0
  for (const one of map?.ad_hoc ?? []) if (cards.get(one.from_card)?.stage === stage) found.ad_hoc += one.instances
  return found
}

const KINDS = [
  { key: 'missing', icon: IconUserMinus },
  { key: 'out_of_sequence', icon: IconArrowBackUp },
  { key: 'failing', icon: IconAlertTriangle },
  { key: 'late', icon: IconClockExclamation },
  { key: 'ad_hoc', icon: IconPlus },
] as const

export function DeviationMarks({ stage }: { stage: Stage }) {
  const t = useT('maps')
  const shown = useFormats()
  const measured = useMeasured()
  const { select } = useChoosing()
  const found = deviationsOf(stage.id, measured)
  const marks = KINDS.filter(({ key }) => found[key] > 0)
  if (marks.length === 0) return <span className="hs-faint">{t('measured.none')}</span>
  return (
    <div className={classes.marks}>
      {marks.map(({ key, icon: Icon }) => (
        <Tooltip key={key} label={t(`deviation.${key}_help`)}>
          <UnstyledButton
            className={classes.mark}
            data-kind={key}
            onClick={() => select({ kind: 'stage', id: stage.id })}
          >
            <Icon size={13} aria-hidden="true" className={key === 'out_of_sequence' ? 'hs-mirror' : undefined} />
            <span className="hs-tabular">{shown.num(found[key])}</span> {t(`deviation.${key}`)}
          </UnstyledButton>
        </Tooltip>
      ))}
    </div>
  )
}
