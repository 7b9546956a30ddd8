/** The flow as ribbons between steps. Tab enters it, arrows go from node to node, Enter opens one. */
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useWidth } from '@/charts/useWidth'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import classes from './Sankey.module.css'
import { layOutSankey, neighbour, THICK, type PlacedNode } from './sankey'
import type { Chosen, FlowAnswer } from './types'
import { useFlowName, useLinkName, useStepName } from './useStepName'

const colour = (series: number | null): string => (series === null ? 'var(--hs-other)' : `var(--hs-series-${series + 1})`)

export function SankeyDrawing(props: { answer: FlowAnswer; chosen: Chosen | null; onChoose: (chosen: Chosen) => void }) {
  const t = useT('explore/flow')
  const shown = useFormats()
  const { dir } = useLocale()
  const rtl = dir === 'rtl'
  const [place, room] = useWidth<HTMLDivElement>(900)
  const nameOf = useFlowName()
  const linkOf = useLinkName()
  const stepName = useStepName()
  const drawn = useMemo(() => layOutSankey(props.answer, room, rtl), [props.answer, room, rtl])
  const [focused, setFocused] = useState('0')
  const { chosen } = props
  const is = (one: Chosen | null, step: number, node: string): boolean => one?.step === step && one.node === node
  const id = (node: Chosen): string => `${node.step}/${node.node}`
  const entry = drawn.nodes.some((node) => id(node) === focused) ? focused : `0/${props.answer.anchor}`

  function onKeyDown(event: KeyboardEvent<SVGGElement>, node: PlacedNode) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      props.onChoose(node)
      return
    }
    const next = neighbour(drawn.nodes, node, event.key, rtl)
    if (!next) return
    event.preventDefault()
    setFocused(id(next))
    const all = event.currentTarget.ownerSVGElement?.querySelectorAll<SVGGElement>('[data-node]') ?? []
    Array.from(all).find((one) => one.dataset.node === id(next))?.focus()
  }

  return (
    <div ref={place} className={`${classes.scroll} hs-scroll`} dir={dir}>
      <svg
        className={classes.sankey}
        width={drawn.width}
        height={drawn.height}
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        direction="ltr"
        role="group"
        aria-label={t('drawing', { anchor: props.answer.anchor })}
      >
        {drawn.steps.map(({ step, x }) => (
          <text key={step} x={x} y={12} textAnchor={rtl ? 'end' : 'start'} className={classes.step}>
            {stepName(step)}
          </text>
        ))}
        {drawn.ribbons.map((link) => {
          const lit = is(chosen, link.step, link.source) || is(chosen, link.step + 1, link.target)
          return (
            <path
              key={`${link.step}/${link.source}/${link.target}`}
              d={link.path}
              className={classes.ribbon}
              style={{ fill: colour(link.series) }}
              data-lit={lit || undefined}
              data-dim={(chosen !== null && !lit) || undefined}
            >
              <title>
                {`${linkOf(link)}: ${shown.num(link.count)}`}
              </title>
            </path>
          )
        })}
        {drawn.nodes.map((node) => {
          const name = nameOf(node.node)
          const share = node.share === null ? '' : shown.percent(node.share)
          const short = name.length > drawn.letters ? `${name.slice(0, drawn.letters - 1)}…` : name
          // What is seen is part of what is heard; a shortened name is told in full besides.
          const full = short === name ? '' : `, ${name}`
          return (
            <g
              key={id(node)}
              data-node={id(node)}
              className={classes.node}
              role="button"
              tabIndex={id(node) === entry ? 0 : -1}
              aria-label={`${stepName(node.step)}: ${short} ${share}${full} (${shown.num(node.count)})`}
              aria-pressed={is(chosen, node.step, node.node)}
              onClick={() => props.onChoose(node)}
              onFocus={() => setFocused(id(node))}
              onKeyDown={(event) => onKeyDown(event, node)}
            >
              <rect
                x={node.x}
                y={node.y}
                width={THICK}
                height={node.height}
                rx={2}
                className={classes.bar}
                data-end={node.series === null || undefined}
                style={{ fill: colour(node.series) }}
              />
              <text
                x={rtl ? node.x - 6 : node.x + THICK + 6}
                y={node.y + Math.max(node.height / 2, 6)}
                textAnchor={rtl ? 'end' : 'start'}
                dominantBaseline="central"
                className={classes.label}
              >
                {short}
                {/* After a Latin name, the sign of a Persian percentage would land on the wrong side. */}
                <tspan className={classes.share}>{rtl ? `  \u2067${share}\u2069` : `  ${share}`}</tspan>
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
