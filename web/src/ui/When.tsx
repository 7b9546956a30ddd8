/** When something happened: today only its time, else also its day; in full to whoever points at it. */
import { useFormats } from '@/i18n/locale'

export function When({ at }: { at: string }) {
  const formats = useFormats()
  const full = formats.dateTime(at)
  const today = formats.date(at) === formats.date(new Date())
  return (
    <time dateTime={at} title={full} className="hs-tabular">
      {today ? formats.time(at) : full}
    </time>
  )
}
