import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { Page } from '@/parts/Page'
import { useUrlForm } from '@/url/useUrlForm'
import { BlackList } from './BlackList'
import { making } from './forms'
import { SanctionForm } from './SanctionForm'
import { SubjectList } from './SubjectList'
import { VetoList } from './VetoList'
import { Views } from './Views'

/** Credit records, the blacklist, and vetoes. */
export default function CreditPage() {
  const t = useT()
  const black = useUrlForm('black')
  const veto = useUrlForm('veto')
  return (
    <Page
      title={t('信用与黑名单', 'Credit and blacklist')}
      actions={
        <Can permission="sanction.manage">
          <Button onClick={() => veto.show()}>{t('一票否决', 'Record a veto')}</Button>
          <Button type="primary" onClick={() => black.show()}>
            {t('列入黑名单', 'Put on the blacklist')}
          </Button>
        </Can>
      }
    >
      <Views
        views={[
          { key: 'credit', label: t('信用档案', 'Credit records'), content: <SubjectList /> },
          { key: 'blacklist', label: t('黑名单', 'Blacklist'), content: <BlackList /> },
          { key: 'vetoes', label: t('一票否决', 'Vetoes'), content: <VetoList /> },
        ]}
      />
      <SanctionForm form={making.black} url={black} />
      <SanctionForm form={making.veto} url={veto} />
    </Page>
  )
}
