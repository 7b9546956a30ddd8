/** A number that opens the persons behind it; where they may not be asked for, just the number. */
import { UnstyledButton } from '@mantine/core'
import type { ComponentProps } from 'react'
import { useMeasured } from './context'

export function WhoButton({ onClick, ...rest }: ComponentProps<typeof UnstyledButton<'button'>>) {
  const { persons } = useMeasured()
  if (persons) return <UnstyledButton {...rest} onClick={onClick} />
  return <UnstyledButton component="span" {...(rest as object)} tabIndex={0} />
}
