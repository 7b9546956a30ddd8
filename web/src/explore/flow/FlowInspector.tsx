/** One node of the flow: its numbers, where it comes from and where it goes; each opens its persons. */
import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useFormats, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { Facts, InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { Num, Rate } from '@/ui/Values'
import { Definition, WhoNumber } from '../question'
import { useWhoOf } from '../queries'
import type { Chosen, FlowAnswer, FlowLink } from './types'
import { useFlowName, useLinkName, useStepName } from './useStepName'

export function FlowInspector(props: {
  answer: FlowAnswer
  chosen: Chosen
  /** The question as it is asked of the engine. */
  request: Record<string, unknown>
  onClose: () => void
}) {
  const t = useT('explore/flow')
  const nameOf = useFlowName()
  const stepName = useStepName()
  const who = useWhoOf('flow')
  const { answer, chosen, request } = props
  const node = answer.nodes.find((one) => one.step === chosen.step && one.node === chosen.node)
  if (!node) return null
  const into = answer.links.filter((link) => link.step === node.step - 1 && link.target === node.node)
  const out = answer.links.filter((link) => link.step === node.step && link.source === node.node)
  const title = `${nameOf(node.node)} (${stepName(node.step)})`
  return (
    <InspectorPanel
      title={<bdi>{nameOf(node.node)}</bdi>}
      kind={stepName(node.step)}
      onClose={props.onClose}
      footer={
        <Button
          fullWidth
          variant="light"
          leftSection={<IconUsers size={16} />}
          onClick={() => who(title, { ...request, step: node.step, node: node.node })}
        >
          {t('who')}
        </Button>
      }
    >
      <Facts
        facts={[
          { label: <Definition term="count">{t('count')}</Definition>, value: <Num value={node.count} /> },
          { label: <Definition term="share">{t('share')}</Definition>, value: <Rate rate={node.interval} /> },
          { label: t('persons'), value: <Num value={node.persons} /> },
        ]}
      />
      {out.length > 0 && node.step < answer.after && (
        <InspectorSection title={t('goes_to')}>
          <Links links={out} end="target" of={node.count} request={request} />
        </InspectorSection>
      )}
      {into.length > 0 && (
        <InspectorSection title={t('comes_from')}>
          <Links links={into} end="source" of={node.count} request={request} />
        </InspectorSection>
      )}
    </InspectorPanel>
  )
}

function Links(props: { links: FlowLink[]; end: 'source' | 'target'; of: number; request: Record<string, unknown> }) {
  const t = useT('explore/flow')
  const shown = useFormats()
  const nameOf = useFlowName()
  const linkOf = useLinkName()
  return (
    <DataTable
      label={t(props.end === 'target' ? 'goes_to' : 'comes_from')}
      rows={props.links}
      rowKey={(link) => link[props.end]}
      columns={[
        { key: 'name', header: t('event'), bare: true, cell: (link) => <bdi>{nameOf(link[props.end])}</bdi> },
        {
          key: 'share',
          header: t('share'),
          align: 'end',
          cell: (link) => `${shown.percent(link.count / props.of)} · ${shown.num(link.count)}`,
        },
        {
          key: 'persons',
          header: t('persons'),
          align: 'end',
          cell: (link) => (
            <WhoNumber
              value={link.persons}
              title={linkOf(link)}
              selector={{ ...props.request, step: link.step, node: link.source, target: link.target }}
            />
          ),
        },
      ]}
    />
  )
}
