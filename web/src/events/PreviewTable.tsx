import { Badge } from '@mantine/core'
import { formats } from '@/i18n/format'
import { useLocale, useT } from '@/i18n/locale'
import { Num } from '@/ui/Values'
import classes from './Import.module.css'
import type { Preview } from './types'

const SHOWN_PROPERTIES = 4

/**
 * The first rows as events; a row that cannot be read says why, in its place. Times are told by the clocks of the
 * file's zone, so that they can be compared with the file.
 */
export function PreviewTable({ preview, timezone, stale }: { preview: Preview; timezone: string; stale: boolean }) {
  const t = useT('events')
  const { language, calendar } = useLocale()
  const shown = formats(language, calendar, timezone)
  const zone = timezone === 'Asia/Tehran' ? t('tehran_time') : `\u2068${timezone}\u2069`
  const withChannel = preview.rows.some((row) => row.channel)
  return (
    <div className={`${classes.preview} hs-scroll`} data-stale={stale || undefined}>
      <table aria-label={t('preview_title')}>
        <thead>
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('role.person')}</th>
            <th scope="col">{t('role.event')}</th>
            <th scope="col">{t('time_in', { zone })}</th>
            {withChannel && <th scope="col">{t('role.channel')}</th>}
            <th scope="col">{t('properties')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) =>
            row.error ? (
              <tr key={row.line} className={classes.bad}>
                <td>
                  <Num value={row.line} />
                </td>
                <td colSpan={withChannel ? 5 : 4}>
                  {row.error.detail}{' '}
                  {row.error.value_excerpt && <bdi className={classes.sample}>{row.error.value_excerpt}</bdi>}
                </td>
              </tr>
            ) : (
              <tr key={row.line}>
                <td className="hs-faint">
                  <Num value={row.line} />
                </td>
                <td>
                  <bdi>{row.person}</bdi>
                </td>
                <td>
                  <bdi>{row.event}</bdi>
                </td>
                <td>
                  <time dateTime={row.at} title={shown.longDate(row.at)}>
                    {shown.dateTime(row.at)}
                  </time>
                </td>
                {withChannel && <td>{row.channel}</td>}
                <td>
                  <div className={classes.properties}>
                  {Object.entries(row.properties)
                    .slice(0, SHOWN_PROPERTIES)
                    .map(([name, value]) => (
                      <Badge key={name} variant="default" tt="none" fw={400} radius="sm" title={`${name}: ${String(value)}`}>
                        <bdi className="hs-faint">{name}</bdi> <bdi>{String(value)}</bdi>
                      </Badge>
                    ))}
                  {Object.keys(row.properties).length > SHOWN_PROPERTIES && (
                    <span className="hs-faint">
                      {t('and_more', { count: Object.keys(row.properties).length - SHOWN_PROPERTIES })}
                    </span>
                  )}
                </div>
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  )
}
