import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { Page } from '@/parts/Page'
import { useGo } from '@/url/useGo'
import { useUrlForm } from '@/url/useUrlForm'
import { ConsequenceList } from './ConsequenceList'
import { making } from './forms'
import { PointList } from './PointList'
import { SanctionForm } from './SanctionForm'
import { Views } from './Views'

/** Points that were given, and what they lead to. */
export default function PointsPage() {
  const t = useT()
  const go = useGo()
  const point = useUrlForm('point')
  const pass = useUrlForm('pass')
  return (
    <Page
      title={t('记分', 'Points')}
      actions={
        <Can permission="sanction.manage">
          <Button onClick={() => pass.show()}>{t('登记校验', 'Record a pass')}</Button>
          <Button type="primary" onClick={() => point.show()}>
            {t('记分', 'Give points')}
          </Button>
        </Can>
      }
    >
      <Views
        views={[
          { key: 'points', label: t('记分记录', 'Points'), content: <PointList /> },
          {
            key: 'consequences',
            label: t('达到阈值', 'Thresholds reached'),
            content: <ConsequenceList />,
          },
        ]}
      />
      <SanctionForm
        form={making.point}
        url={point}
        onDone={(id) => go(`/inspection/points/${id}`)}
      />
      <SanctionForm form={making.pass} url={pass} />
    </Page>
  )
}
