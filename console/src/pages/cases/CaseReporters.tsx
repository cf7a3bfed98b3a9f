import { useT } from '@/i18n/useT'
import { Section } from '@/parts/record/Section'
import { useUrlForm } from '@/url/useUrlForm'
import type { CaseDetail } from './caseApi'
import { IdentityDrawer } from './IdentityDrawer'
import { ReporterLine } from './ReporterLine'

/** Who reported the matter, as far as the person may know; each look is told to the reporter. */
export function CaseReporters({ detail }: { detail: CaseDetail }) {
  const t = useT()
  const url = useUrlForm('identity')
  const { reporters, case: row } = detail
  const known = reporters.some(({ state }) => lookable.includes(state))
  return (
    <Section title={t('诉求人', 'Who reported')}>
      <ul className="qf-case-papers">
        {reporters.map((reporter) => (
          <li key={reporter.report}>
            {reporters.length > 1 && <span className="qf-number qf-faint">{reporter.number}</span>}
            <ReporterLine id={row.id} reporter={reporter} onAsk={url.show} />
          </li>
        ))}
      </ul>
      {known && (
        <p className="qf-case-hint qf-faint">
          {t(
            '每次查看都写入办理过程，诉求人会在回执页看到哪个单位、为什么查看。',
            'Each look is recorded, and the reporter reads which unit looked and why.',
          )}
        </p>
      )}
      <IdentityDrawer detail={detail} url={url} />
    </Section>
  )
}

/** How a reporter stands of whom the person can come to know. */
const lookable = ['closed', 'guarded', 'waiting', 'approved', 'open']
