/** Who answers for a stage, in the owner lane. */
import { UnstyledButton } from '@mantine/core'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { OwnerMark } from './OwnerMark'
import classes from './Board.module.css'

export function OwnerCell({ stage }: { stage: Stage }) {
  const t = useT('maps')
  const { readOnly } = useSession()
  const { select } = useChoosing()
  return (
    <div className={classes.ownerCell}>
      {(stage.owner || !readOnly) && (
        <UnstyledButton onClick={() => select({ kind: 'stage', id: stage.id })} className={classes.ownerButton}>
          {stage.owner ? <OwnerMark owner={stage.owner} named /> : <span className="hs-faint">{t('choose_owner')}</span>}
        </UnstyledButton>
      )}
    </div>
  )
}
