/** A page that does not exist, or a screen that failed: never a blank window. */
import { Button } from '@mantine/core'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'

export function Crash({ notFound = false }: { notFound?: boolean }) {
  const t = useT('shell')
  const error = useRouteError()
  const missing = notFound || (isRouteErrorResponse(error) && error.status === 404)
  return (
    <main>
      <EmptyState
        title={t(missing ? 'not_found' : 'crashed')}
        text={missing ? undefined : <code className="hs-ltr">{String(error)}</code>}
        action={
          missing ? (
            <Button component={Link} to="/">
              {t('go_home')}
            </Button>
          ) : (
            <Button onClick={() => location.reload()}>{t('reload')}</Button>
          )
        }
      />
    </main>
  )
}
