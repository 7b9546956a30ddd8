/** A range of days on a Jalali or Gregorian calendar; days cross its border as Gregorian ISO dates. */
import { CalendarDate, parseDate, toCalendar, GregorianCalendar } from '@internationalized/date'
import { useState } from 'react'
import { I18nProvider, RangeCalendar } from 'react-aria-components'
import { localeOf, weekStart } from '@/i18n/format'
import { useFormats, useLocale } from '@/i18n/locale'
import { CalendarFace } from './CalendarFace'
import classes from './RangePicker.module.css'

export default function RangePicker(props: {
  from: string | null
  to: string | null
  label: string
  onChange: (from: string, to: string) => void
}) {
  const { language, calendar } = useLocale()
  const shownAs = useFormats()
  const locale = localeOf(language, calendar)
  const given = props.from && props.to ? { start: parseDate(props.from), end: parseDate(props.to) } : null
  const [focused, setFocused] = useState<CalendarDate | null>(null)
  const shown = focused ?? given?.end ?? parseDate(new Date().toISOString().slice(0, 10))
  const heading = shownAs.month(`${shown.toString()}T12:00:00`)
  const iso = (date: CalendarDate) => toCalendar(date, new GregorianCalendar()).toString()
  return (
    <I18nProvider locale={locale}>
      <RangeCalendar
        aria-label={props.label}
        value={given}
        focusedValue={focused ?? undefined}
        defaultFocusedValue={shown}
        onFocusChange={(date) => setFocused(toCalendar(date, new GregorianCalendar()) as CalendarDate)}
        onChange={(range) => props.onChange(iso(range.start as CalendarDate), iso(range.end as CalendarDate))}
        firstDayOfWeek={weekStart(language, calendar)}
        className={classes.calendar}
      >
        <CalendarFace heading={heading} />
      </RangeCalendar>
    </I18nProvider>
  )
}
