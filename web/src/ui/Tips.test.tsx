import { MantineProvider } from '@mantine/core'
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Tips } from './Tips'

it('shows the words of what is pointed at, and leaves with Escape', async () => {
  render(
    <MantineProvider>
      <span data-tip="Nobody answers for it">
        <i>mark</i>
      </span>
      <span>plain</span>
      <Tips />
    </MantineProvider>,
  )
  expect(screen.queryByText('Nobody answers for it')).toBeNull()
  fireEvent.mouseOver(screen.getByText('mark'))
  expect(await screen.findByText('Nobody answers for it')).toBeTruthy()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(screen.queryByText('Nobody answers for it')).toBeNull()
  fireEvent.mouseOver(screen.getByText('mark'))
  expect(await screen.findByText('Nobody answers for it')).toBeTruthy()
  fireEvent.mouseOver(screen.getByText('plain'))
  expect(screen.queryByText('Nobody answers for it')).toBeNull()
})
