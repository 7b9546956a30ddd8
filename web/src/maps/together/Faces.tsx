/** Who else is here: their initials in the map's head, and behind the last of them the names of all. */
import { Popover, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useFormats, useT } from '@/i18n/locale'
import { Avatar } from './Avatar'
import { usePeopleHere } from './context'
import classes from './together.module.css'

const MOST = 4

export function Faces() {
  const t = useT('maps')
  const shown = useFormats()
  const people = usePeopleHere()
  const over = people.length > MOST ? people.length - MOST + 1 : 0
  const first = people.slice(0, people.length - over)
  return (
    <div className={classes.faces}>
      <VisuallyHidden role="status">{people.length > 0 && t('together.here_n', { count: people.length })}</VisuallyHidden>
      {people.length > 0 && (
        <ul className={classes.row} aria-label={t('together.here')}>
          {first.map((one) => (
            <Tooltip key={one.id} label={one.name}>
              <li>
                <Avatar id={one.id} name={one.name} />
                <VisuallyHidden>{one.name}</VisuallyHidden>
              </li>
            </Tooltip>
          ))}
          {over > 0 && (
            <li>
              <Popover position="bottom-end" withinPortal>
                <Popover.Target>
                  <UnstyledButton className={classes.more} aria-label={t('together.more', { count: over })}>
                    <bdi dir="ltr">+{shown.num(over)}</bdi>
                  </UnstyledButton>
                </Popover.Target>
                <Popover.Dropdown>
                  <ul className={classes.names}>
                    {people.map((one) => (
                      <li key={one.id}>
                        <Avatar id={one.id} name={one.name} size={22} /> <bdi>{one.name}</bdi>
                      </li>
                    ))}
                  </ul>
                </Popover.Dropdown>
              </Popover>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
