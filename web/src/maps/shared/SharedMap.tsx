/** The public page of a map: to read, by whoever has its link. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { useParams } from 'react-router'
import { post } from '@/api/client'
import { Problem } from '@/api/problem'
import type { MapStyle } from '@/api/types'
import { fromExchange } from '@/editor/document'
import { useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Mark } from '@/shell/Mark'
import { Logo } from '@/shell/style/Logo'
import { Styled } from '@/shell/style/Styled'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { Board } from '../board/Board'
import { libraryIn, type Carrying } from '../carriedLibrary'
import { LibraryOf } from '../library'
import { MeasuredProvider } from '../measured/context'
import { Summary } from '../measured/Summary'
import type { MeasuredMap } from '../measured/types'
import { SelectionProvider, type Selected } from '../selection'
import { SessionProvider } from '../session'
import { StageByStage } from '../StageByStage'
import '../texts'
import classes from './SharedMap.module.css'

interface Shared {
  document: Carrying
  measured: boolean
  style: MapStyle
}

export function Component() {
  const t = useT('maps/shared')
  const { token = '' } = useParams()
  const [password, setPassword] = useState('')
  const problem = useProblemText()
  const shared = useQuery<Shared, Problem>({
    queryKey: ['shared', token, password],
    queryFn: ({ signal }) => post<Shared>('/api/shared/{token}', { path: { token }, body: { password }, signal }),
    retry: false,
    staleTime: 60_000,
  })
  if (shared.data) {
    return (
      <Styled style={shared.data.style}>
        <Opened shared={shared.data} token={token} password={password} />
      </Styled>
    )
  }
  const code = shared.error?.code
  if (code === 'share_password_needed' || code === 'share_password_wrong' || (password && shared.isPending)) {
    return (
      <Plain title={t('protected')}>
        <PasswordForm
          wrong={code === 'share_password_wrong' ? problem(shared.error).title : undefined}
          pending={shared.isPending}
          onPassword={setPassword}
        />
      </Plain>
    )
  }
  return <Plain title={t('map')}>{shared.error ? <ErrorState problem={problem(shared.error)} /> : <Loading lines={6} />}</Plain>
}

function PasswordForm(props: { wrong: string | undefined; pending: boolean; onPassword: (password: string) => void }) {
  const t = useT('maps/shared')
  const [text, setText] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    if (text) props.onPassword(text)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label={t('password')}
          description={t('password_help')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={props.wrong}
          autoComplete="off"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
        />
        <Button type="submit" loading={props.pending} disabled={!text}>
          {t('open')}
        </Button>
      </Stack>
    </form>
  )
}

function Plain({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <main className={classes.plain}>
      <Mark size={34} />
      <h1 className={classes.plainTitle}>{title}</h1>
      {children}
    </main>
  )
}

const nothing = () => undefined

function Opened({ shared, token, password }: { shared: Shared; token: string; password: string }) {
  const t = useT('maps/shared')
  const { document: map } = shared
  const { language, setLocale } = useLocale()
  const narrow = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false })
  const [selected, select] = useState<Selected | null>(null)
  const doc = useMemo(() => fromExchange(map), [map])
  const library = useMemo(() => ({ ...libraryIn(map), hidesBinding: true }), [map])
  const measured = useQuery<MeasuredMap, Problem>({
    queryKey: ['shared-measured', token, password],
    enabled: shared.measured,
    queryFn: ({ signal }) => post<MeasuredMap>('/api/shared/{token}/measured', { path: { token }, body: { password }, signal }),
    retry: false,
  })
  // A map is read in the language it was drawn in; asked once, so that the language of the reader's own screens is free.
  useEffect(() => {
    if (language !== map.language) setLocale(map.language, map.language === 'fa' ? 'jalali' : 'gregorian')
  }, [map.language])
  useEffect(() => {
    document.title = map.title
  }, [map.title])
  const numbers = measured.data && measured.data.whole.begun > 0 ? measured.data : null
  return (
    <SessionProvider map={doc} readOnly onRefused={nothing}>
      <LibraryOf library={library}>
        <SelectionProvider selected={selected} onSelect={select}>
          <MeasuredProvider measured={numbers} pending={measured.isFetching}>
            <div className={classes.page}>
              <header className={classes.head}>
                {shared.style.logo && <Logo logo={shared.style.logo} height={36} />}
                <h1 className={classes.title}>{map.title}</h1>
                <span className={classes.kind}>{t(`maps:kind.${map.kind}`)}</span>
                <span className={classes.spring} />
                <span className={classes.made}>
                  <Mark size={18} /> {t('made_with')}
                </span>
              </header>
              {map.objective && <p className={classes.objective}>{map.objective}</p>}
              {numbers && <Summary />}
              {map.stages.length === 0 ? (
                <EmptyState picture="map" title={t('maps:no_stages')} />
              ) : narrow ? (
                <StageByStage />
              ) : (
                <Board shown={numbers ? 'both' : 'drawn'} />
              )}
            </div>
          </MeasuredProvider>
        </SelectionProvider>
      </LibraryOf>
    </SessionProvider>
  )
}
