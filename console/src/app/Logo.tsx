/** The mark: two gusts of wind on a teal field. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0e7c7b" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M6 13h12.5a3.5 3.5 0 1 0-3.4-4.4" />
        <path d="M6 18h18" />
        <path d="M9 23h8.5a2.6 2.6 0 1 1-2.5 3.3" />
      </g>
    </svg>
  )
}
