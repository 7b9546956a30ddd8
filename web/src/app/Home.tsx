/** `/`: to the workspace used last, to sign in, or to the first run. */
import { useEffect } from 'react'
import { Navigate } from 'react-router'
import { useProblemText } from '@/shell/problems'
import { useSession } from '@/shell/session'
import { ErrorState, LoadingScreen } from '@/ui/States'

const LAST = 'hamsafar.workspace'

export function Home() {
  const { data, error, refetch } = useSession()
  const problem = useProblemText()
  const last = localStorage.getItem(LAST)
  const chosen = data?.workspaces.find((one) => one.id === last) ?? data?.workspaces[0]
  useEffect(() => {
    if (chosen) localStorage.setItem(LAST, chosen.id)
  }, [chosen])
  if (error) return <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
  if (!data) return <LoadingScreen />
  if (data.setup_needed) return <Navigate to="/setup" replace />
  if (!data.user) return <Navigate to="/signin" replace />
  if (!chosen) return <Navigate to="/setup" replace />
  return <Navigate to={`/w/${chosen.id}/maps`} replace />
}
