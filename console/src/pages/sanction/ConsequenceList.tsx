import { Button } from 'antd'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { deeds } from './forms'
import { choices } from './options'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { useDictionary } from './sanctionApi'

/** What points led to: a person decides on each. */
export function ConsequenceList() {
  const t = useT()
  const words = useDictionary()
  const may = useCan()('sanction.manage')
  const decide = useUrlForm('decide')
  return (
    <>
      <ListPage
        id="consequences"
        path="/api/v1/sanctions/consequences"
        filters={[
          {
            kind: 'choice',
            name: 'state',
            label: t('状态', 'State'),
            options: choices(words.consequence, t),
          },
          { kind: 'node', name: 'unit', label: t('地区或机构', 'Region or institution') },
        ]}
        columns={[
          { key: 'name', title: t('对象', 'Subject'), primary: true, cell: (c) => c.name },
          {
            key: 'effect',
            title: t('后果', 'Consequence'),
            long: true,
            cell: (c) => t(c.effect_zh, c.effect_en),
          },
          { key: 'total', title: t('累计分', 'Points'), align: 'right', cell: (c) => c.total },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (c) => <StateOf of="consequence" state={c.state} />,
          },
          {
            key: 'until',
            title: t('至', 'Until'),
            cell: (c) => <When at={c.until_on} precision="date" />,
          },
          {
            key: 'do',
            title: t('操作', 'Actions'),
            cell: (c) =>
              may && c.state === 'raised' ? (
                <Button size="small" onClick={() => decide.show(c.id)}>
                  {t('决定', 'Decide')}
                </Button>
              ) : (
                '—'
              ),
          },
        ]}
        keyOf={(c) => c.id}
        linkOf={(c) => `/inspection/credit/${c.subject_id}`}
        empty={{
          title: t('没有达到阈值的', 'No threshold was reached'),
          hint: t('累计分达到阈值时会出现在这里。', 'Those who reach one appear here.'),
        }}
      />
      <SanctionForm form={deeds.consequence} url={decide} id={decide.subject} />
    </>
  )
}
