/** One day on a Jalali or Gregorian calendar; it crosses the border as a Gregorian ISO date. */
import { CalendarDate, parseDate, toCalendar, GregorianCalendar } from '@internationalized/date'
import { useState } from 'react'
import { Calendar, I18nProvider } from 'react-aria-components'
import { localeOf, weekStart } from '@/i18n/format'
import { useFormats, useLocale } from '@/i18n/locale'
import { CalendarFace } from './CalendarFace'
import classes from './RangePicker.module.css'

export default function DayPicker(props: { day: string | null; label: string; onChange: (day: string) => void }) {
  const { language, calendar } = useLocale()
  const shownAs = useFormats()
  const given = props.day ? parseDate(props.day) : null
  const [focused, setFocused] = useState<CalendarDate | null>(null)
  const shown = focused ?? given ?? parseDate(new Date().toISOString().slice(0, 10))
  return (
    <I18nProvider locale={localeOf(language, calendar)}>
      <Calendar
        aria-label={props.label}
        value={given}
        focusedValue={focused ?? undefined}
        defaultFocusedValue={shown}
        onFocusChange={(date) => setFocused(toCalendar(date, new GregorianCalendar()) as CalendarDate)}
        onChange={(date) => props.onChange(toCalendar(date as CalendarDate, new GregorianCalendar()).toString())}
        firstDayOfWeek={weekStart(language, calendar)}
        className={classes.calendar}
      >
        <CalendarFace heading={shownAs.month(`${shown.toString()}T12:00:00`)} />
      </Calendar>
    </I18nProvider>
  )
}
