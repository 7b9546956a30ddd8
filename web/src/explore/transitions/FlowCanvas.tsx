import '@xyflow/react/dist/base.css'
import {
  BaseEdge,
  Controls,
  EdgeLabelRenderer,
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  useReactFlow,
  useStore,
  ReactFlowProvider,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react'
import { Fragment, useEffect, useMemo, useRef } from 'react'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import type { EdgeLabel } from './Screen'
import classes from './Flow.module.css'
import { curve, FAR, firstView, isEdge, MIN_ZOOM, NODE_HEIGHT, NODE_WIDTH, type Flow, type FlowEdge } from './flowGraph'
import type { Selected } from './FlowInspector'
import { useNodeName } from '../nodeName'

type EventNode = Node<{ name: string; count: number; weight: number }, 'event'>
type StepEdge = Edge<{ row: FlowEdge; width: number; text: string; dim: boolean }, 'step'>

function EventBox({ data, selected }: NodeProps<EventNode>) {
  const shown = useFormats()
  const { dir } = useLocale()
  const nameOf = useNodeName()
  const [start, end] = dir === 'rtl' ? [Position.Right, Position.Left] : [Position.Left, Position.Right]
  return (
    <div
      className={classes.node}
      data-end={isEdge(data.name) || undefined}
      data-selected={selected || undefined}
      style={{ inlineSize: NODE_WIDTH, blockSize: NODE_HEIGHT }}
    >
      <Handle type="target" position={start} className={classes.handle} isConnectable={false} />
      <bdi className={classes.nodeName} title={nameOf(data.name)}>
        {nameOf(data.name)
          .split(/(?<=[_.:/-])/)
          .map((part, index) => (
            <Fragment key={index}>
              {index > 0 && <wbr />}
              {part}
            </Fragment>
          ))}
      </bdi>
      <span className={classes.nodeCount}>{shown.num(data.count)}</span>
      <span className={classes.nodeBar} style={{ inlineSize: `${data.weight * 100}%` }} />
      <Handle type="source" position={end} className={classes.handle} isConnectable={false} />
    </div>
  )
}

function Step({ sourceX, sourceY, targetX, targetY, data, selected, markerEnd }: EdgeProps<StepEdge>) {
  const { dir } = useLocale()
  if (!data) return null
  const path = curve({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data.row, dir === 'rtl' ? -1 : 1)
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={18}
        markerEnd={markerEnd}
        style={{ strokeWidth: data.width, opacity: data.dim ? 0.16 : undefined }}
      />
      <EdgeLabelRenderer>
        <span
          className={classes.edgeLabel}
          data-selected={selected || undefined}
          data-dim={data.dim || undefined}
          style={{ transform: `translate(-50%, -50%) translate(${data.row.label.x}px, ${data.row.label.y}px)` }}
        >
          {data.text}
        </span>
      </EdgeLabelRenderer>
    </>
  )
}

const ARROW = {
  type: MarkerType.ArrowClosed,
  width: 16,
  height: 16,
  markerUnits: 'userSpaceOnUse',
  color: 'var(--hs-series-1)',
}
const NODE_TYPES = { event: EventBox }
const EDGE_TYPES = { step: Step }

interface CanvasProps {
  flow: Flow
  label: EdgeLabel
  selected: Selected | null
  onSelect: (selected: Selected | null) => void
}

function Canvas({ flow, label, selected, onSelect }: CanvasProps) {
  const t = useT('explore')
  const shown = useFormats()
  const nameOf = useNodeName()
  const view = useReactFlow()
  const far = useStore((state) => state.transform[2] < FAR)
  const canvas = useRef<HTMLDivElement>(null)
  const heaviest = Math.max(...flow.edges.map((row) => row.count), 1)
  const biggest = Math.max(...flow.nodes.map((node) => node.count), 1)

  const nodes = useMemo<EventNode[]>(
    () =>
      flow.nodes.map((node) => ({
        id: node.id,
        type: 'event',
        position: { x: node.x, y: node.y },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        draggable: false,
        connectable: false,
        data: { name: node.id, count: node.count, weight: node.count / biggest },
        selected: selected?.kind === 'node' && selected.name === node.id,
        ariaLabel: `${nameOf(node.id)}: ${shown.num(node.count)}`,
        domAttributes: { 'aria-roledescription': t('event') },
      })),
    [flow.nodes, biggest, selected, nameOf, shown, t],
  )
  const edges = useMemo<StepEdge[]>(
    () =>
      flow.edges.map((row) => {
        const touches =
          !selected ||
          (selected.kind === 'node'
            ? row.source === selected.name || row.target === selected.name
            : row.source === selected.source && row.target === selected.target)
        return {
          id: `${row.source}\u001f${row.target}`,
          type: 'step',
          source: row.source,
          target: row.target,
          selected: selected?.kind === 'edge' && touches,
          markerEnd: ARROW,
          ariaLabel: `${t('from_to', { source: nameOf(row.source), target: nameOf(row.target) })}: ${shown.num(row.count)}`,
          domAttributes: { 'aria-roledescription': t('transition') },
          data: {
            row,
            width: 1 + 11 * Math.sqrt(row.count / heaviest),
            text:
              label === 'count'
                ? shown.compact(row.count)
                : row.median_gap_seconds === null
                  ? ''
                  : shown.shortDuration(row.median_gap_seconds),
            dim: !touches,
          },
        }
      }),
    [flow.edges, heaviest, label, selected, nameOf, shown, t],
  )

  const shape = flow.nodes.map((node) => node.id).join('\u001f')
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const size = canvas.current?.getBoundingClientRect()
      if (size) void view.setViewport(firstView(flow, size))
    })
    return () => cancelAnimationFrame(frame)
    // Only another set of nodes asks for another view; a selection leaves it where the user put it.
  }, [shape, view])

  // What is selected stays in sight, also when the inspector has taken a part of the canvas.
  const chosen = selected?.kind === 'node' ? selected.name : selected?.target
  useEffect(() => {
    const node = flow.nodes.find((one) => one.id === chosen)
    if (!node) return
    const frame = requestAnimationFrame(() => {
      const size = canvas.current?.getBoundingClientRect()
      const { x, y, zoom } = view.getViewport()
      const [atX, atY] = [node.x * zoom + x, node.y * zoom + y]
      if (size && (atX < 0 || atY < 0 || atX + NODE_WIDTH * zoom > size.width || atY + NODE_HEIGHT * zoom > size.height))
        void view.setCenter(node.x + NODE_WIDTH / 2, node.y + NODE_HEIGHT / 2, { zoom, duration: 140 })
    })
    return () => cancelAnimationFrame(frame)
  }, [chosen, flow.nodes, view])

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      ref={canvas}
      data-far={far || undefined}
      fitViewOptions={{ padding: 0.06, maxZoom: 1.1 }}
      minZoom={MIN_ZOOM}
      nodesConnectable={false}
      proOptions={{ hideAttribution: true }}
      onNodeClick={(_, node) => onSelect({ kind: 'node', name: node.id })}
      onEdgeClick={(_, edge) => onSelect({ kind: 'edge', source: edge.source, target: edge.target })}
      onPaneClick={() => onSelect(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        const at = (event.target as HTMLElement).dataset.id
        if (!at) return
        const [source, target] = at.split('\u001f')
        onSelect(target === undefined ? { kind: 'node', name: at } : { kind: 'edge', source: source!, target })
      }}
      aria-label={t('flow_graph')}
      ariaLabelConfig={{
        'node.a11yDescription.default': t('a11y_node'),
        'edge.a11yDescription.default': t('a11y_edge'),
        'controls.ariaLabel': t('a11y_controls'),
        'controls.zoomIn.ariaLabel': t('zoom_in'),
        'controls.zoomOut.ariaLabel': t('zoom_out'),
        'controls.fitView.ariaLabel': t('fit'),
      }}
    >
      <Controls showInteractive={false} className={classes.controls} />
    </ReactFlow>
  )
}

export default function FlowCanvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}
