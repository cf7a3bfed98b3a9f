import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useGo } from '@/url/useGo'
import { useUrlForm } from '@/url/useUrlForm'
import { making } from './forms'
import { choices, usual } from './options'
import { originIn } from './origin'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { named, useDictionary } from './sanctionApi'
import { violationName } from './violationName'

/** Penalties: filed, decided, served, paid. */
export default function PenaltiesPage() {
  const t = useT()
  const go = useGo()
  const words = useDictionary()
  const file = useUrlForm('file')
  const spot = useUrlForm('spot')
  const open = (id: string) => go(`/inspection/penalties/${id}`)
  return (
    <>
      <ListPage
        id="penalties"
        title={t('行政处罚', 'Penalties')}
        path="/api/v1/sanctions/penalties"
        filters={usual(t, words.penalty, [
          {
            kind: 'choice',
            name: 'kind',
            label: t('对象类型', 'Kind of subject'),
            options: choices(words.kinds, t),
          },
          { kind: 'link', name: 'campaign_id', label: t('只看一次专项行动的', 'Of one campaign') },
          { kind: 'flag', name: 'overdue', label: t('有超期事项', 'Something is overdue') },
          { kind: 'flag', name: 'soon', label: t('期限将至', 'A limit ends soon') },
        ])}
        columns={[
          { key: 'number', title: t('编号', 'Number'), primary: true, cell: (p) => p.number },
          { key: 'name', title: t('对象', 'Subject'), cell: (p) => p.name },
          {
            key: 'kind',
            title: t('类型', 'Kind'),
            cell: (p) => t(named(words.kinds, p.subject_kind)),
          },
          {
            key: 'violation',
            title: t('违规类别', 'Violation'),
            long: true,
            cell: (p) => t(violationName(words.violations, p.violations?.[0] ?? '')),
          },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (p) => <StateOf of="penalty" state={p.state} />,
          },
          {
            key: 'filed',
            title: t('立案', 'Filed'),
            cell: (p) => <When at={p.filed_on} precision="date" />,
          },
          {
            key: 'decided',
            title: t('决定', 'Decided'),
            cell: (p) => <When at={p.decided_on} precision="date" />,
          },
        ]}
        keyOf={(p) => p.id}
        linkOf={(p) => `/inspection/penalties/${p.id}`}
        actions={
          <Can permission="sanction.manage">
            <Button onClick={() => spot.show()}>{t('当场处罚', 'Punish on the spot')}</Button>
            <Button type="primary" onClick={() => file.show()}>
              {t('立案', 'File a penalty')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有处罚案件', 'No penalties'),
          hint: t('点右上角“立案”登记第一件。', 'File the first at the top right.'),
        }}
      />
      <SanctionForm form={making.file} url={file} extra={originIn(file.subject)} onDone={open} />
      <SanctionForm form={making.spot} url={spot} onDone={open} />
    </>
  )
}
