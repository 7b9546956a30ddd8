/** What joins a current state and its futures, in the map's head: one click to the other, one to comparing them. */
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsDiff, IconMap2, IconRoute2, IconTelescope } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useMap, useSession } from '../session'
import head from '../MapScreen.module.css'
import { useDrawFuture, useLinks } from './api'

export function FutureLinks() {
  const t = useT('maps')
  const { w = '', m = '' } = useParams()
  const go = useNavigate()
  const tell = useTellProblem()
  const { readOnly } = useSession()
  const kind = useMap((snapshot) => snapshot.meta.kind)
  const { data: links } = useLinks(m)
  const draw = useDrawFuture(m)
  const current = links?.current
  const futures = links?.futures ?? []
  const canDraw = !readOnly && kind === 'current_state'
  const compare = (before: string, after: string) => `/w/${w}/maps/${m}/compare?before=map:${before}&after=map:${after}`

  async function drawFuture() {
    try {
      const made = await draw.mutateAsync()
      void go(`/w/${w}/maps/${made.id}`)
      notifications.show({ message: t('future.drawn') })
    } catch (problem) {
      tell(problem)
    }
  }

  return (
    <>
      {current && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" className={head.future} title={t('future.of', { title: current.title })} leftSection={<IconRoute2 size={16} aria-hidden="true" className="hs-mirror" />}>
              <span className={head.spare}>{t('future.of', { title: current.title })}</span>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to={`/w/${w}/maps/${current.id}`} leftSection={<IconMap2 size={15} />}>
              <bdi>{current.title}</bdi>
            </Menu.Item>
            <Menu.Item component={Link} to={compare(current.id, m)} leftSection={<IconArrowsDiff size={15} />}>
              {t('future.compare')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {(futures.length > 0 || canDraw) && (
        <Menu position="bottom-start" width={280}>
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="subtle"
              color={futures.length > 0 ? undefined : 'gray'}
              className={head.future}
              title={futures.length > 0 ? t('future.futures', { count: futures.length }) : t('future.menu')}
              loading={draw.isPending}
              leftSection={<IconTelescope size={16} aria-hidden="true" className="hs-mirror" />}
            >
              <span className={head.spare}>{futures.length > 0 ? t('future.futures', { count: futures.length }) : t('future.menu')}</span>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {futures.map((one) => [
              <Menu.Item key={one.id} component={Link} to={`/w/${w}/maps/${one.id}`} leftSection={<IconMap2 size={15} />}>
                <bdi>{one.title}</bdi>
              </Menu.Item>,
              <Menu.Item key={`${one.id}-compare`} component={Link} to={compare(m, one.id)} leftSection={<IconArrowsDiff size={15} />}>
                {t('future.compare_with', { title: one.title })}
              </Menu.Item>,
            ])}
            {canDraw && (
              <>
                {futures.length > 0 && <Menu.Divider />}
                <Menu.Item leftSection={<IconTelescope size={15} className="hs-mirror" />} onClick={() => void drawFuture()}>
                  {t('future.draw')}
                  <span className="hs-faint" style={{ display: 'block', fontSize: '0.75rem' }}>
                    {t('future.draw_help')}
                  </span>
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}
