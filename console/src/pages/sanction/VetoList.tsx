import { Button } from 'antd'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { StateTag } from '@/parts/record/StateTag'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { deeds } from './forms'
import { SanctionForm } from './SanctionForm'
import { named, useDictionary } from './sanctionApi'

/** Vetoes: what each rules out, and until when. */
export function VetoList() {
  const t = useT()
  const words = useDictionary()
  const may = useCan()('sanction.manage')
  const lift = useUrlForm('lift')
  return (
    <>
      <ListPage
        id="vetoes"
        path="/api/v1/sanctions/vetoes"
        filters={[
          { kind: 'text', name: 'q', label: t('名称', 'Name') },
          {
            kind: 'choice',
            name: 'state',
            label: t('状态', 'State'),
            options: [
              { value: 'in-force', label: t('未解除', 'Not lifted') },
              { value: 'lifted', label: t('已解除', 'Lifted') },
            ],
          },
          { kind: 'node', name: 'unit', label: t('地区或机构', 'Region or institution') },
        ]}
        columns={[
          { key: 'name', title: t('对象', 'Subject'), primary: true, cell: (v) => v.name },
          {
            key: 'uses',
            title: t('否决用途', 'Rules out'),
            long: true,
            cell: (v) => (v.uses ?? []).map((use) => t(named(words.uses, use))).join(t('、', ', ')),
          },
          { key: 'reason', title: t('原因', 'Reason'), long: true, cell: (v) => v.reason },
          { key: 'until', title: t('至', 'Until'), cell: (v) => <When at={v.until_on} due /> },
          {
            key: 'do',
            title: t('操作', 'Actions'),
            cell: (v) =>
              v.lifted_on ? (
                <StateTag>{t('已解除', 'Lifted')}</StateTag>
              ) : may ? (
                <Button size="small" onClick={() => lift.show(v.id)}>
                  {t('解除', 'Lift')}
                </Button>
              ) : (
                '—'
              ),
          },
        ]}
        keyOf={(v) => v.id}
        linkOf={(v) => `/inspection/credit/${v.subject_id}`}
        empty={{
          title: t('没有一票否决', 'No vetoes'),
          hint: t('点右上角“一票否决”登记。', 'Record one at the top right.'),
        }}
      />
      <SanctionForm form={deeds.lift} url={lift} id={lift.subject} />
    </>
  )
}
