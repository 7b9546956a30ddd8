/** A problem as it is shown: the server's own sentence, or ours where it could not speak. */
import type { ShownProblem } from '@/ui/States'
import { Problem } from '@/api/problem'
import { useT } from '@/i18n/locale'
import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'

/** Codes whose sentence is ours: no answer, a broken answer, and allauth's. */
const OURS = new Set([
  'offline',
  'unexpected',
  'not_signed_in',
  'email_password_mismatch',
  'too_many_login_attempts',
  'invalid_login',
])

export function useProblemText(): (error: unknown) => ShownProblem {
  const t = useT('shell')
  return useCallback(
    (error) => {
      if (!(error instanceof Problem)) return { title: t('problem.unexpected') }
      if (OURS.has(error.code) || !error.title) {
        const code = OURS.has(error.code) ? error.code : 'unexpected'
        return { title: t(`problem.${code}`), detail: t(`problem.${code}_what_now`) }
      }
      return {
        title: error.title,
        detail: error.detail,
        errors: error.errors.map(({ field, line, detail }) => ({ field, line, detail })),
      }
    },
    [t],
  )
}

/** Tell of a failed action in a notice; the place it happened stays as it was. */
export function useTellProblem(): (error: unknown) => void {
  const shown = useProblemText()
  return useCallback(
    (error) => {
      const { title, detail } = shown(error)
      notifications.show({ color: 'red', title, message: detail === title ? undefined : detail, autoClose: 8000 })
    },
    [shown],
  )
}
