/** One of the two segments: persons of whom one event meets all of its conditions. */
import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useT } from '@/i18n/locale'
import { readCondition, writeCondition } from '@/shell/scope'
import { ConditionText, NewCondition } from '@/shell/ScopeBar'
import { Definition } from '../question'
import classes from './Compare.module.css'

export function SegmentCard(props: { side: 'a' | 'b'; texts: string[]; onChange: (texts: string[]) => void }) {
  const t = useT('explore/compare')
  const [opened, setOpened] = useState(false)
  const { side, texts, onChange } = props
  return (
    <section className={`${classes.card} hs-card`} aria-label={t(`segment_${side}`)}>
      <h2 className={classes.title}>
        <span className={classes.mark} data-side={side} aria-hidden="true" />
        {t(`segment_${side}`)} <Definition term="segment" />
      </h2>
      <ul className={classes.conditions}>
        {texts.map((text, index) => {
          const condition = readCondition(text)
          return (
            condition && (
              <li key={text}>
                <span className={classes.sentence}>
                  <ConditionText condition={condition} />
                </span>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  color="gray"
                  aria-label={t('ui:remove')}
                  onClick={() => onChange(texts.filter((_, other) => other !== index))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            )
          )
        })}
      </ul>
      <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" trapFocus>
        <Popover.Target>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => setOpened(!opened)}
          >
            {t(texts.length === 0 ? 'choose_persons' : 'add_condition')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <NewCondition
            onAdd={(condition) => {
              onChange([...texts, writeCondition(condition)])
              setOpened(false)
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </section>
  )
}
