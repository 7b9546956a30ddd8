/** The guides beside a map: the seven steps and the five-step method. Whatever is written here is written on the map. */
import { Accordion, NativeSelect, Progress, SegmentedControl, Text } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import { useParams } from 'react-router'
import { doneOf, fiveSteps, preparationLacks, sevenSteps, type Lack, type StepState } from '@/editor/guide/guide'
import { TRADES, tradeOf } from '@/editor/guide/examples'
import { useFormats, useT } from '@/i18n/locale'
import { usePersonas } from '@/library/api'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { useTemplate } from '../api'
import { useReview } from '../review/useReview'
import { useMap } from '../session'
import { FIVE_BODIES } from './FiveSteps'
import { GuideContextProvider, type GuideContext } from './context'
import { Missing } from './Missing'
import { Preparation } from './Preparation'
import { SEVEN_BODIES } from './SevenSteps'
import { cellSelector, showOnBoard } from './show'
import classes from './guide.module.css'

const GUIDES = ['seven', 'five'] as const

export function GuidePanel({ onClose }: { onClose: () => void }) {
  const t = useT('maps/guide')
  const { m = '' } = useParams()
  const snapshot = useMap((whole) => whole)
  const findings = useReview()
  const personas = usePersonas().data
  const narrow = useMediaQuery('(max-width: 820px)', false, { getInitialValueInEffect: false })
  const [which, setWhich] = useLocalStorage<(typeof GUIDES)[number]>({ key: `hamsafar.guide.${m}.which`, defaultValue: 'seven' })
  const [chosen, setChosen] = useLocalStorage<string>({ key: `hamsafar.guide.${m}.trade`, defaultValue: '' })
  const trade = TRADES.find((one) => one === chosen) ?? tradeOf(snapshot)
  const template = useTemplate(trade, snapshot.meta.language).data ?? null
  const sheets = useMemo(() => new Map((personas ?? []).map((one) => [one.id, one])), [personas])
  const steps: StepState[] = which === 'seven' ? sevenSteps(snapshot, findings, sheets) : fiveSteps(snapshot, findings, sheets)
  const before = preparationLacks(snapshot)
  const guide = useMemo<GuideContext>(() => {
    // On a narrow screen the guide lies over the board.
    const show = (selector: string, stage?: string) => {
      if (narrow) onClose()
      showOnBoard(selector, stage)
    }
    return {
      showStage: (stage, kind) => {
        const lane = kind && snapshot.lanes.find((one) => one.kind === kind && !one.hidden)
        show(lane ? cellSelector(stage, lane.id) : `[data-stage-head="${stage}"], [data-stage-tab="${stage}"]`, stage)
      },
      showCard: (id) => show(`[data-card="${id}"]`, snapshot.cards.get(id)?.stage),
      tradeKey: trade,
      trade: template,
    }
  }, [snapshot, narrow, onClose, trade, template])
  const bodies: Record<string, () => ReactNode> = which === 'seven' ? SEVEN_BODIES : FIVE_BODIES
  const done = doneOf(steps)

  return (
    <GuideContextProvider value={guide}>
      <InspectorPanel title={t('title')} kind={t('maps:map')} onClose={onClose}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('which')}
          value={which}
          onChange={(next) => setWhich(next as typeof which)}
          data={GUIDES.map((value) => ({ value, label: t(value) }))}
        />
        <Text size="sm" fw={600} mt="sm" mb={4} role="status">
          {t('progress', { done, of: steps.length })}
        </Text>
        <Progress value={(done / steps.length) * 100} size="sm" aria-hidden="true" />
        <Text size="xs" className="hs-soft" mt="sm">
          {t(`kind.${snapshot.meta.kind}`)}
        </Text>
        <NativeSelect
          mt="xs"
          size="xs"
          label={t('examples_of')}
          value={trade}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={TRADES.map((value) => ({ value, label: t(`trade.${value}`) }))}
        />
        <Steps key={which} steps={steps} before={before} bodies={bodies} />
      </InspectorPanel>
    </GuideContextProvider>
  )
}

const BEFORE = 'before'

function Steps({ steps, before, bodies }: { steps: StepState[]; before: readonly Lack[]; bodies: Record<string, () => ReactNode> }) {
  const t = useT('maps/guide')
  const shown = useFormats()
  const { m = '' } = useParams()
  const first = before.length > 0 ? BEFORE : (steps.find((one) => !one.done)?.key ?? steps[0]!.key)
  const [open, setOpen] = useLocalStorage<string | null>({ key: `hamsafar.guide.${m}.open`, defaultValue: first, getInitialValueInEffect: false })
  return (
    <Accordion value={open} onChange={setOpen} mt="sm" chevronPosition="right" variant="default" order={3} classNames={{ control: classes.control, content: classes.content, item: classes.item }}>
      <Accordion.Item value={BEFORE}>
        <Accordion.Control icon={<StateIcon done={before.length === 0} />}>{t('before')}</Accordion.Control>
        <Accordion.Panel>
          {open === BEFORE && (
            <>
              <p className={classes.why}>{t('why.before')}</p>
              <Preparation />
              <Missing lacks={before} findings={[]} />
            </>
          )}
        </Accordion.Panel>
      </Accordion.Item>
      {steps.map((step, index) => {
        const Body = bodies[step.key]!
        return (
          <Accordion.Item key={step.key} value={step.key}>
            <Accordion.Control icon={<StateIcon done={step.done} />} aria-label={`${t('step_is', { n: index + 1, name: t(`step.${step.key}`) })}${t('ui:comma')}${t(step.done ? 'done' : 'open')}`}>
              <span className="hs-tabular">{shown.num(index + 1)}</span> · {t(`step.${step.key}`)}
            </Accordion.Control>
            <Accordion.Panel>
              {open === step.key && (
                <>
                  <p className={classes.why}>{t(`why.${step.key}`)}</p>
                  <Body />
                  <Missing lacks={step.lacks} findings={step.findings} />
                </>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        )
      })}
    </Accordion>
  )
}

function StateIcon({ done }: { done: boolean }) {
  return done ? (
    <IconCircleCheckFilled size={18} className={classes.done} aria-hidden="true" />
  ) : (
    <IconCircle size={18} className="hs-faint" aria-hidden="true" />
  )
}
