import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/record/Section'

const path = '/api/v1/problems/import'

/** Brings in a ledger that was kept elsewhere. */
export default function ProblemImportPage() {
  const t = useT()
  return (
    <Page title={t('导入台账', 'Import a ledger')}>
      <Section title={t('问题整改台账', 'Ledger of problems')}>
        <ImportWizard
          path={path}
          template={`${path}/template`}
          hint={t(
            '现在用的台账可以直接导入。已有的问题（同一单位、日期、描述）不会重复；“已销号”的行要写明佐证存放处和两名审核人。',
            'The ledger that you keep can be used as it is. What is there already (same unit, day and words) is not taken twice; closed lines must name where the evidence lies and both reviewers.',
          )}
        />
      </Section>
    </Page>
  )
}
