/** A face from -2 to +2: the mouth tells, the colour only helps. */

const MOUTHS: Record<number, string> = {
  [-2]: 'M7.5 17.2C8.6 14.6 10.2 13.6 12 13.6s3.4 1 4.5 3.6',
  [-1]: 'M8 16.6c1-1.3 2.4-1.9 4-1.9s3 .6 4 1.9',
  0: 'M8 15.6h8',
  1: 'M8 14.6c1 1.3 2.4 1.9 4 1.9s3-.6 4-1.9',
  2: 'M7.3 13.6c1 2.8 2.7 4 4.7 4s3.7-1.2 4.7-4z',
}

const COLORS = ['var(--hs-emotion-n2)', 'var(--hs-emotion-n1)', 'var(--hs-emotion-0)', 'var(--hs-emotion-p1)', 'var(--hs-emotion-p2)']
const whole = (value: number): number => Math.max(-2, Math.min(2, Math.round(value)))

export const emotionColor = (value: number): string => COLORS[whole(value) + 2]!

export function Face({ value, size = 24, hollow = false }: { value: number; size?: number; hollow?: boolean }) {
  const level = whole(value)
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      style={{ color: hollow ? 'var(--hs-text-faint)' : emotionColor(level) }}
    >
      <circle
        cx="12"
        cy="12"
        r="10.2"
        fill="var(--hs-surface)"
        stroke="currentColor"
        strokeWidth={hollow ? 1.4 : 2}
        strokeDasharray={hollow ? '3 2.6' : undefined}
      />
      {!hollow && (
        <g
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
          fill={level === 2 ? 'currentColor' : 'none'}
        >
          <circle cx="8.7" cy="9.6" r="0.7" fill="currentColor" strokeWidth="1" />
          <circle cx="15.3" cy="9.6" r="0.7" fill="currentColor" strokeWidth="1" />
          <path d={MOUTHS[level]} />
        </g>
      )}
    </svg>
  )
}
