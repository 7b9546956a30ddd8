/** The two segments that are compared, side by side, each by what its persons have in common. */
import { ActionIcon, Button, CloseButton, Popover, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '@/i18n/locale'
import { ConditionText, NewCondition } from '@/shell/ScopeBar'
import { SIDES, type Comparing, type Side } from './comparing'
import classes from './Compare.module.css'
import { Definition } from './Definition'

export default function CompareBar({ comparing, always }: { comparing: Comparing; always: boolean }) {
  const t = useT('explore')
  return (
    <section className={classes.bar} aria-label={t('compare.title')}>
      {SIDES.map((side) => (
        <Segment key={side} side={side} comparing={comparing} />
      ))}
      {!always && <CloseButton size="sm" aria-label={t('compare.stop')} onClick={() => comparing.open(false)} />}
    </section>
  )
}

function Segment({ side, comparing }: { side: Side; comparing: Comparing }) {
  const t = useT('explore')
  const [adding, setAdding] = useState(false)
  const conditions = comparing.sides[side]
  return (
    <div className={classes.segment} data-side={side}>
      <strong className={classes.letter}>
        {t(`compare.${side}`)} <Definition term="segment" />
      </strong>
      <div className={classes.conditions}>
        {conditions.length === 0 && <span className="hs-faint">{t('compare.everybody')}</span>}
        {conditions.map((condition, index) => (
          <span key={index} className={classes.condition}>
            <span>
              <ConditionText condition={condition} />
            </span>
            <Tooltip label={t('ui:remove')}>
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={t('ui:remove')}
                onClick={() => comparing.set(side, conditions.filter((_, other) => other !== index))}
              >
                <IconX size={13} />
              </ActionIcon>
            </Tooltip>
          </span>
        ))}
        <Popover opened={adding} onChange={setAdding} width={320} position="bottom-start" trapFocus returnFocus>
          <Popover.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() => setAdding(!adding)}
            >
              {t('compare.add', { side: t(`compare.${side}`) })}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <p className={classes.help}>{t('compare.add_help')}</p>
            <NewCondition
              onAdd={(condition) => {
                comparing.set(side, [...conditions, condition])
                setAdding(false)
              }}
            />
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  )
}
