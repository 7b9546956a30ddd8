import { useT } from '@/i18n/locale'
import type { Version } from './api'

/** A version's name, or why it was kept by itself. */
export function useVersionName(): (version: Pick<Version, 'name' | 'reason'>) => string {
  const t = useT('maps/versions')
  return ({ name, reason }) => name || t(`reason.${reason}`)
}
