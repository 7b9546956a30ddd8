/** What a place shows when there is nothing, not yet, or no longer. */
import { Button, Group, Loader, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useT } from '@/i18n/locale'
import classes from './States.module.css'

export type Picture = 'path' | 'map' | 'people' | 'file' | 'funnel'

/** One sentence, one picture, one action. */
export function EmptyState(props: { picture?: Picture; title: string; text?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <EmptyPicture picture={props.picture ?? 'path'} />
      <Title order={2} size="h3">
        {props.title}
      </Title>
      {props.text && (
        <Text className="hs-soft" maw={460} ta="center">
          {props.text}
        </Text>
      )}
      {props.action && <Group mt="sm">{props.action}</Group>}
    </div>
  )
}

/** Line drawings from our own tokens; decorative. */
function EmptyPicture({ picture }: { picture: Picture }) {
  return (
    <svg width="148" height="84" viewBox="0 0 148 84" fill="none" aria-hidden="true" className={classes.picture}>
      <rect x="0.5" y="0.5" width="147" height="83" rx="10" className={classes.paper} />
      {picture === 'path' && (
        <g className={classes.ink}>
          <path d="M18 56c18 0 20-30 40-30s20 34 42 34 16-34 32-34" />
          <circle cx="18" cy="56" r="4" className={classes.dot} />
          <circle cx="58" cy="26" r="4" className={classes.dot} />
          <circle cx="100" cy="60" r="4" className={classes.dot} />
          <circle cx="132" cy="26" r="4" className={classes.accentDot} />
        </g>
      )}
      {picture === 'map' && (
        <g className={classes.ink}>
          <path d="M38 14v56M74 14v56M110 14v56M14 30h120M14 50h120" className={classes.grid} />
          <path d="M20 42c14 0 16-10 32-10s20 28 38 28 22-22 40-24" />
          <circle cx="130" cy="36" r="4" className={classes.accentDot} />
        </g>
      )}
      {picture === 'people' && (
        <g className={classes.ink}>
          <circle cx="50" cy="36" r="9" />
          <path d="M34 64c2-12 8-16 16-16s14 4 16 16" />
          <circle cx="98" cy="36" r="9" className={classes.accentLine} />
          <path d="M82 64c2-12 8-16 16-16s14 4 16 16" className={classes.accentLine} />
        </g>
      )}
      {picture === 'file' && (
        <g className={classes.ink}>
          <path d="M52 14h30l14 14v42H52z" />
          <path d="M82 14v14h14" />
          <path d="M60 40h28M60 49h28M60 58h18" className={classes.grid} />
          <path d="M114 56V34m0 0-7 8m7-8 7 8" className={classes.accentLine} />
        </g>
      )}
      {picture === 'funnel' && (
        <g className={classes.ink}>
          <rect x="22" y="18" width="104" height="10" rx="3" className={classes.accentFill} />
          <rect x="38" y="37" width="72" height="10" rx="3" className={classes.fill} />
          <rect x="56" y="56" width="36" height="10" rx="3" className={classes.fill} />
        </g>
      )}
    </svg>
  )
}

/** The shape of a problem document, as far as it is shown. */
export interface ShownProblem {
  title: string
  detail?: string | undefined
  errors?: { field?: string | undefined; line?: number | undefined; detail: string }[] | undefined
}

export function ErrorState({ problem, onRetry }: { problem: ShownProblem; onRetry?: () => void }) {
  const t = useT('ui')
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={22} aria-hidden="true" className={classes.errorIcon} />
      <Stack gap={4}>
        <Text fw={600}>{problem.title}</Text>
        {problem.detail && problem.detail !== problem.title && <Text className="hs-soft">{problem.detail}</Text>}
        {problem.errors && problem.errors.length > 0 && (
          <ul className={classes.errorList}>
            {problem.errors.map((error, index) => (
              <li key={index}>
                {error.line !== undefined && <span>{t('line_is', { line: error.line })} </span>}
                {error.field && <bdi className={classes.field}>{error.field}</bdi>} {error.detail}
              </li>
            ))}
          </ul>
        )}
        {onRetry && (
          <Group mt={6}>
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
              {t('try_again')}
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  )
}

/** Nothing for the first 200 ms (most answers are there by then), then the outline of what comes. */
export function Loading({ lines = 4, label }: { lines?: number; label?: string }) {
  const t = useT('ui')
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-label={label ?? t('loading')} aria-busy="true" className={classes.loading}>
      {late &&
        Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} height={14} width={`${96 - ((index * 17) % 41)}%`} radius="sm" />
        ))}
    </div>
  )
}

export function LoadingScreen() {
  const t = useT('ui')
  return (
    <div className={classes.screen} role="status" aria-label={t('loading')}>
      <Loader type="dots" />
    </div>
  )
}
