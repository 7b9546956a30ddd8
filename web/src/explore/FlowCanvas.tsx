import '@xyflow/react/dist/base.css'
import {
  BaseEdge,
  Controls,
  EdgeLabelRenderer,
  getBezierPath,
  Handle,
  Position,
  ReactFlow,
  useReactFlow,
  ReactFlowProvider,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import type { EdgeLabel } from './Flow'
import classes from './Flow.module.css'
import { isEdge, NODE_HEIGHT, NODE_WIDTH, type Flow } from './flowGraph'
import type { Selected } from './FlowInspector'
import { useNodeName } from './nodeName'
import type { Transition } from './types'

type EventNode = Node<{ name: string; count: number; weight: number }, 'event'>
type StepEdge = Edge<{ row: Transition; width: number; text: string; dim: boolean }, 'step'>

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
        {nameOf(data.name)}
      </bdi>
      <span className={classes.nodeCount}>{shown.num(data.count)}</span>
      <span className={classes.nodeBar} style={{ inlineSize: `${data.weight * 100}%` }} />
      <Handle type="source" position={end} className={classes.handle} isConnectable={false} />
    </div>
  )
}

function Step(props: EdgeProps<StepEdge>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props
  // A step to the same event goes round above its box.
  const own = props.source === props.target
  const loop = `M ${sourceX} ${sourceY} C ${sourceX + (sourceX - targetX) * 0.3} ${sourceY - 84}, ${targetX - (sourceX - targetX) * 0.3} ${targetY - 84}, ${targetX} ${targetY}`
  const [curve, x, y] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition })
  if (!data) return null
  return (
    <>
      <BaseEdge
        path={own ? loop : curve}
        interactionWidth={18}
        className={classes.edge}
        style={{ strokeWidth: data.width, opacity: data.dim ? 0.16 : undefined }}
        {...(props.markerEnd ? { markerEnd: props.markerEnd } : {})}
      />
      <EdgeLabelRenderer>
        <span
          className={classes.edgeLabel}
          data-selected={selected || undefined}
          data-dim={data.dim || undefined}
          style={{
            transform: `translate(-50%, -50%) translate(${own ? (sourceX + targetX) / 2 : x}px, ${own ? sourceY - 66 : y}px)`,
          }}
        >
          {data.text}
        </span>
      </EdgeLabelRenderer>
    </>
  )
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
      })),
    [flow.nodes, biggest, selected, nameOf, shown],
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
          ariaLabel: `${nameOf(row.source)} → ${nameOf(row.target)}: ${shown.num(row.count)}`,
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
    [flow.edges, heaviest, label, selected, nameOf, shown],
  )

  const shape = flow.nodes.map((node) => node.id).join('\u001f')
  useEffect(() => {
    const frame = requestAnimationFrame(() => void view.fitView({ padding: 0.06, maxZoom: 1.1 }))
    return () => cancelAnimationFrame(frame)
  }, [shape, view])

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      fitView
      fitViewOptions={{ padding: 0.06, maxZoom: 1.1 }}
      minZoom={0.1}
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
      aria-label={t('flow')}
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
