/** All alternative routes of the map, in words. */
import { Text, UnstyledButton } from '@mantine/core'
import { useT } from '@/i18n/locale'
import { InspectorPanel, InspectorSection } from '@/ui/InspectorPanel'
import { EmptyState } from '@/ui/States'
import type { PanelProps } from '../panels'
import { useChoosing } from '../selection'
import { useMap } from '../session'
import classes from './routes.module.css'

export function RoutesPanel({ onClose }: PanelProps) {
  const t = useT('maps/routes')
  const branches = useMap((snapshot) => snapshot.branches)
  const stages = useMap((snapshot) => snapshot.stages)
  const { select } = useChoosing()
  const nameOf = (id: string) => stages.find((one) => one.id === id)?.name ?? ''
  return (
    <InspectorPanel title={t('maps:panel.routes')} kind={t('maps:map')} onClose={onClose}>
      {branches.length === 0 ? (
        <EmptyState picture="map" title={t('none')} text={t('none_help')} />
      ) : (
        <InspectorSection title={t('routes')}>
          <ul className={classes.routes}>
            {branches.map((branch) => (
              <li key={branch.id}>
                <UnstyledButton className={classes.route} onClick={() => select({ kind: 'branch', id: branch.id })}>
                  <strong>
                    <bdi>{branch.name || t('to', { stage: nameOf(branch.to_stage) })}</bdi>
                  </strong>
                  <span className={classes.way}>{t('from_to', { from: nameOf(branch.from_stage), to: nameOf(branch.to_stage) })}</span>
                  {branch.condition && (
                    <span className={classes.way}>
                      <bdi>{branch.condition}</bdi>
                    </span>
                  )}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      <Text size="xs" className="hs-faint" mt="sm">
        {t('how')}
      </Text>
    </InspectorPanel>
  )
}
