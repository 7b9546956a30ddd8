import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import type { User } from '@/api/types'
import { useLocale, useT } from '@/i18n/locale'
import { useTellProblem } from './problems'
import { useSaveMe } from './session'
import classes from './UserMenu.module.css'

/** The reader's language and colours. */
export default function UserChoices({ user }: { user: User }) {
  const t = useT('shell')
  const { language } = useLocale()
  const { setColorScheme } = useMantineColorScheme()
  const save = useSaveMe()
  const tell = useTellProblem()

  function choose(changes: Partial<Pick<User, 'language' | 'calendar' | 'theme'>>) {
    save.mutate(changes, { onError: tell })
  }

  return (
    <div className={classes.choices}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('language')}
        value={language}
        data={[
          { value: 'fa', label: 'فارسی' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(value) => choose({ language: value as User['language'] })}
      />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('theme')}
        value={user.theme}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme_${value}`) }))}
        onChange={(value) => {
          setColorScheme(value as User['theme'])
          choose({ theme: value as User['theme'] })
        }}
      />
    </div>
  )
}
