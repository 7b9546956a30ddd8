/** The seven steps, each with its questions and its fields. */
import type { ReactNode } from 'react'
import type { SevenStep } from '@/editor/guide/guide'
import type { Stage } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { OwnerField } from '@/library/OwnerField'
import { GiveUnowned } from '../inspector/GiveUnowned'
import { useSession } from '../session'
import { PersonaStep } from './PersonaStep'
import { CardsField, EachStage, Questions, StageFeeling } from './Stages'

export const SEVEN_BODIES: Record<SevenStep, () => ReactNode> = {
  persona: () => (
    <>
      <Questions step="persona" />
      <PersonaStep />
    </>
  ),
  script: () => <Cards step="script" kinds={['problem', 'content']} />,
  goals: () => <Cards step="goals" kinds={['goals', 'expectations']} />,
  actions: () => <Cards step="actions" kinds={['actions']} />,
  feelings: () => (
    <>
      <Questions step="feelings" />
      <EachStage kind="thoughts">
        {(stage, index) => (
          <>
            <StageFeeling stage={stage} />
            <CardsField stage={stage} index={index} kind="thoughts" />
          </>
        )}
      </EachStage>
    </>
  ),
  opportunities: () => <Cards step="opportunities" kinds={['pains', 'opportunities']} />,
  owners: () => (
    <>
      <Questions step="owners" />
      <EachStage>{(stage) => <StageOwner stage={stage} />}</EachStage>
    </>
  ),
}

/** The first kind is the one that the button of a stage shows. */
function Cards({ step, kinds }: { step: SevenStep; kinds: string[] }) {
  return (
    <>
      <Questions step={step} />
      <EachStage kind={kinds[0]!}>
        {(stage, index) => kinds.map((kind) => <CardsField key={kind} stage={stage} index={index} kind={kind} />)}
      </EachStage>
    </>
  )
}

/** Who answers for a stage, and in one press for all in it that nobody answers for. */
function StageOwner({ stage }: { stage: Stage }) {
  const t = useT('maps/guide')
  const { run, readOnly } = useSession()
  return (
    <>
      <OwnerField
        label={t('owner_of', { stage: stage.name })}
        owner={stage.owner}
        onSave={(owner) => run({ do: 'set_stage', id: stage.id, fields: { owner } })}
        readOnly={readOnly}
      />
      <GiveUnowned stage={stage} />
    </>
  )
}
