import { Drawer } from '@mantine/core'
import { useT } from '@/i18n/locale'
import classes from './Frame.module.css'
import { Mark } from './Mark'
import { Places } from './Places'

export default function MenuDrawer(props: { workspace: string; opened: boolean; onClose: () => void }) {
  const t = useT('shell')
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      size={260}
      title={
        <span className={classes.menuTitle}>
          <Mark size={22} /> {t('product')}
        </span>
      }
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Places workspace={props.workspace} labels="beside" onGo={props.onClose} />
    </Drawer>
  )
}
