import { Button } from 'antd'
import { useT } from '@/i18n/useT'
import { Can } from '@/parts/Can'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useGo } from '@/url/useGo'
import { useUrlForm } from '@/url/useUrlForm'
import { making } from './forms'
import { choices, usual } from './options'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { named, useDictionary } from './sanctionApi'

/** What was handed to other authorities, and what became of it. */
export default function TransfersPage() {
  const t = useT()
  const go = useGo()
  const words = useDictionary()
  const form = useUrlForm('transfer')
  return (
    <>
      <ListPage
        id="transfers"
        title={t('移送', 'Transfers')}
        path="/api/v1/sanctions/transfers"
        filters={usual(t, words.transfer, [
          {
            kind: 'choice',
            name: 'agency',
            label: t('移送部门', 'To whom'),
            options: choices(words.agencies, t),
          },
          { kind: 'flag', name: 'overdue', label: t('应催办', 'To be chased') },
        ])}
        columns={[
          { key: 'number', title: t('编号', 'Number'), primary: true, cell: (x) => x.number },
          { key: 'name', title: t('对象', 'Subject'), cell: (x) => x.name },
          {
            key: 'agency',
            title: t('移送部门', 'To whom'),
            cell: (x) => t(named(words.agencies, x.agency)),
          },
          { key: 'matter', title: t('事项', 'Matter'), long: true, cell: (x) => x.matter },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (x) => <StateOf of="transfer" state={x.state} />,
          },
          {
            key: 'sent',
            title: t('移送', 'Sent'),
            cell: (x) => <When at={x.sent_on} precision="date" />,
          },
        ]}
        keyOf={(x) => x.id}
        linkOf={(x) => `/inspection/transfers/${x.id}`}
        actions={
          <Can permission="sanction.manage">
            <Button type="primary" onClick={() => form.show()}>
              {t('移送', 'Hand over')}
            </Button>
          </Can>
        }
        empty={{
          title: t('还没有移送', 'Nothing was handed over'),
          hint: t('点右上角“移送”登记。', 'Record the first at the top right.'),
        }}
      />
      <SanctionForm
        form={making.transfer}
        url={form}
        onDone={(id) => go(`/inspection/transfers/${id}`)}
      />
    </>
  )
}
