/** Where something of the library is used. */
import { Anchor, Group } from '@mantine/core'
import { Link } from 'react-router'
import { useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { InspectorSection } from '@/ui/InspectorPanel'

export function OnMaps({ maps }: { maps: readonly { id: string; title: string }[] }) {
  const t = useT('library')
  const { id: w } = useWorkspace()
  return (
    <InspectorSection title={t('on_maps')}>
      {maps.length === 0 ? (
        <span className="hs-faint">{t('on_no_map')}</span>
      ) : (
        <Group gap={6}>
          {maps.map((map) => (
            <Anchor key={map.id} component={Link} to={`/w/${w}/maps/${map.id}`} size="sm">
              <bdi>{map.title}</bdi>
            </Anchor>
          ))}
        </Group>
      )}
    </InspectorSection>
  )
}
