/** The product's mark: a map's line and, dotted beneath it, the path that was really walked. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b5f5f" />
      <path d="M6 19c5 0 5-9 10-9s5 6 10 2" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path
        d="M6 24.5c5 0 6-5 10-5s5 3 10 .5"
        fill="none"
        stroke="#f2b872"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeDasharray="0.1 4.4"
      />
    </svg>
  )
}
