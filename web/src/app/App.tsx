import { useMantineColorScheme } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { Problem } from '@/api/problem'
import type { Session } from '@/api/types'
import type { Calendar, Language } from '@/i18n/format'
import { LocaleProvider, useLocale } from '@/i18n/locale'
import { SESSION, useSession } from '@/shell/session'
import { Root } from '@/ui/Root'
import { makeRouter } from './routes'

/** A wrong question stays wrong; only silence and failures of the server are worth asking again. */
export function makeQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (times, error) => times < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502),
        refetchOnWindowFocus: false,
        staleTime: 10_000,
      },
    },
  })
  // Somewhere a door answered "not signed in": the frame sees it and leads to the sign-in.
  queries.getQueryCache().subscribe(({ query }) => {
    const error = query.state.error
    const session = queries.getQueryData<Session>(SESSION)
    if (error instanceof Problem && error.status === 401 && session?.user && query.queryKey[0] !== SESSION[0]) {
      queries.setQueryData<Session>(SESSION, { ...session, user: null, workspaces: [] })
    }
  })
  return queries
}

/** What the user chose in their profile wins over what this browser remembers. */
function FollowUser() {
  const { data } = useSession()
  const { setLocale } = useLocale()
  const { setColorScheme } = useMantineColorScheme()
  const user = data?.user
  useEffect(() => {
    if (user) setLocale(user.language, user.calendar)
  }, [user, setLocale])
  useEffect(() => {
    if (user) setColorScheme(user.theme)
  }, [user?.theme, setColorScheme, user])
  return null
}

export function App({ initial }: { initial: { language: Language; calendar: Calendar } }) {
  const [queries] = useState(makeQueries)
  const [router] = useState(makeRouter)
  return (
    <LocaleProvider initial={initial}>
      {({ dir }) => (
        <Root dir={dir}>
          <QueryClientProvider client={queries}>
            <FollowUser />
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Root>
      )}
    </LocaleProvider>
  )
}
