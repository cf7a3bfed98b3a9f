import { useT } from '@/i18n/useT'
import type { CaseDetail } from './caseApi'
import { useCaseWords } from './useCaseWords'
import { wordOf } from './words'

/** Who the reporter is, or why that is not shown. */
export function ReporterLine({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const { modes } = useCaseWords()
  const { reporter } = detail.content
  const mode = t(wordOf(modes, detail.case.mode))
  if (detail.case.mode === 'anonymous') return mode
  if (!reporter.known) {
    return (
      <span>
        {mode} · <span className="qf-faint">{t('身份对您不公开', 'Not disclosed to you')}</span>
      </span>
    )
  }
  return [mode, reporter.name, reporter.phone].filter(Boolean).join(' · ')
}
