import { useT } from '@/i18n/useT'
import { ImportWizard } from '@/parts/import/ImportWizard'
import { Page } from '@/parts/Page'

/** The import of a sheet; any file is answered with three refused rows. */
export default function ImportPage() {
  const t = useT()
  return (
    <Page title={t('12345 导入', '12345 import')}>
      <ImportWizard
        path="/gallery/import"
        template="#"
        hint={t(
          '第一行是表头，每行一件诉求。',
          'The first row holds the headings; one case a row.',
        )}
      />
    </Page>
  )
}
