/** The inside of a calendar: the month's name with its two buttons, and the days. */
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import {
  Button, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell,
} from 'react-aria-components'
import { useLocale, useT } from '@/i18n/locale'
import classes from './RangePicker.module.css'

export function CalendarFace({ heading }: { heading: string }) {
  const { language } = useLocale()
  const t = useT('ui')
  return (
    <>
      <div className={classes.header}>
        <Button slot="previous" className={classes.step} aria-label={t('previous_month')}>
          <IconChevronLeft size={16} className="hs-mirror" />
        </Button>
        <span aria-live="polite">{heading}</span>
        <Button slot="next" className={classes.step} aria-label={t('next_month')}>
          <IconChevronRight size={16} className="hs-mirror" />
        </Button>
      </div>
      <CalendarGrid className={classes.grid} weekdayStyle={language === 'fa' ? 'narrow' : 'short'}>
        <CalendarGridHeader>{(day) => <CalendarHeaderCell className={classes.weekday}>{day}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className={classes.day} />}</CalendarGridBody>
      </CalendarGrid>
    </>
  )
}
