import type { PageSpec } from '@/app/page'
import { text } from '@/i18n/text'

/** The pages about printed codes: which hang where, who lacks one, how often they are scanned. */
export const codePages: PageSpec[] = [
  {
    path: '/casework/codes',
    title: text('二维码与海报', 'Codes and posters'),
    permission: 'code.read',
    nav: true,
    load: () => import('./CodesPage'),
  },
  {
    path: '/casework/coverage',
    title: text('扫码覆盖', 'Coverage'),
    permission: 'code.read',
    nav: true,
    load: () => import('./CoveragePage'),
  },
  {
    path: '/casework/scans',
    title: text('扫码统计', 'Scans'),
    permission: 'code.read',
    nav: true,
    load: () => import('./ScansPage'),
  },
]
