import { act, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, expect, it, vi } from 'vitest'

/** A window in which this much is in sight; jsdom lays nothing out. */
function windowOver(inSight: (element: Element) => boolean) {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(private readonly tell: (entries: { target: Element; isIntersecting: boolean }[]) => void) {}
      observe(target: Element) {
        this.tell([{ target, isIntersecting: inSight(target) }])
      }
      unobserve() {}
    },
  )
  const idle = new Map<number, () => void>()
  vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.set(idle.size + 1, work).size)
  vi.stubGlobal('cancelIdleCallback', (asked: number) => idle.delete(asked))
  return () => act(() => [...idle.values()].forEach((work) => work()))
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetModules()
})

async function board(inSight: (element: Element) => boolean) {
  vi.useFakeTimers()
  const rest = windowOver(inSight)
  vi.resetModules()
  const { useTurn, drawAll } = await import('./turns')
  function Cell({ name, holds = true }: { name: string; holds?: boolean }) {
    const box = useRef<HTMLDivElement>(null)
    const drawn = useTurn(box, holds)
    return <div ref={box} id={name}>{drawn && name}</div>
  }
  render(
    <>
      <Cell name="far" />
      <Cell name="near" />
      <Cell name="empty" holds={false} />
    </>,
  )
  return { rest, drawAll, shown: (name: string) => screen.queryByText(name) !== null }
}

it('draws what is in sight first, the rest when nothing else is to be done, and empty cells at once', async () => {
  const { rest, shown } = await board((element) => element.id === 'near')
  expect([shown('near'), shown('far'), shown('empty')]).toEqual([false, false, true])
  // One stroke ends after its first cell here, so that what comes later is seen to come later.
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(1000)
  act(() => void vi.runOnlyPendingTimers())
  expect([shown('near'), shown('far')]).toEqual([true, false])
  rest()
  expect(shown('far')).toBe(true)
})

it('draws everything for whoever looks for it', async () => {
  const { drawAll, shown } = await board(() => false)
  expect([shown('near'), shown('far')]).toEqual([false, false])
  act(drawAll)
  expect([shown('near'), shown('far')]).toEqual([true, true])
})
