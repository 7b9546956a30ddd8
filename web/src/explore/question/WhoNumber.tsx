import { UnstyledButton } from '@mantine/core'
import { useT } from '@/i18n/locale'
import { Num } from '@/ui/Values'
import { useWhoOf } from '../queries'
import { usePlace } from './context'
import classes from './WhoNumber.module.css'

/** A number of persons (or paths) that opens the list of who they are. */
export function WhoNumber(props: {
  value: number | null
  title: string
  selector: Record<string, unknown>
  help?: string
}) {
  const t = useT('explore')
  const { question } = usePlace()
  const who = useWhoOf(question.engine)
  if (!props.value) return <Num value={props.value} />
  return (
    <UnstyledButton
      className={classes.number}
      title={t('who')}
      onClick={() => who(props.title, props.selector, props.help)}
    >
      <Num value={props.value} />
    </UnstyledButton>
  )
}
