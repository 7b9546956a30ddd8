/** The workspace's logo, on a ground of its own where it would not be seen. */
import { useComputedColorScheme } from '@mantine/core'
import type { MapLogo } from '@/api/types'
import { useT } from '@/i18n/locale'
import type { Scheme } from './css'
import classes from './Logo.module.css'

export function Logo({ logo, height, scheme }: {
  logo: MapLogo
  /** At most, in pixels. */
  height: number
  /** The scheme it is seen in, when that is not the page's. */
  scheme?: Scheme
}) {
  const t = useT('shell')
  const page = useComputedColorScheme('light')
  const plate = logo.plates[scheme ?? page]
  return (
    <img
      className={classes.logo}
      src={logo.address}
      alt={t('logo')}
      width={logo.width}
      height={logo.height}
      style={{ maxBlockSize: height, ...(plate ? { background: plate, padding: 4 } : {}) }}
    />
  )
}
