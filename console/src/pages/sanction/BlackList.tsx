import { Button, Space } from 'antd'
import { useState } from 'react'
import { useCan } from '@/api/useCan'
import { useT } from '@/i18n/useT'
import { ListPage } from '@/parts/list/ListPage'
import { When } from '@/parts/record/When'
import { useUrlForm } from '@/url/useUrlForm'
import { deeds, making } from './forms'
import { usual } from './options'
import { SanctionForm } from './SanctionForm'
import { StateOf } from './StateOf'
import { useDictionary } from './sanctionApi'

/** The entries of the blacklist; public are those alone whose publication was approved. */
export function BlackList() {
  const t = useT()
  const words = useDictionary()
  const may = useCan()('sanction.manage')
  const remove = useUrlForm('remove')
  const publicise = useUrlForm('publicise')
  const [reason, setReason] = useState('') // of the entry that is proposed
  return (
    <>
      <ListPage
        id="blacklist"
        path="/api/v1/sanctions/blacklist"
        filters={usual(t, words.blacklist)}
        columns={[
          { key: 'number', title: t('编号', 'Number'), primary: true, cell: (b) => b.number },
          { key: 'name', title: t('对象', 'Subject'), cell: (b) => b.name },
          { key: 'reason', title: t('原因', 'Reason'), long: true, cell: (b) => b.reason },
          {
            key: 'state',
            title: t('状态', 'State'),
            cell: (b) => <StateOf of="blacklist" state={b.state} />,
          },
          {
            key: 'from',
            title: t('自', 'From'),
            cell: (b) => <When at={b.from_on} precision="date" />,
          },
          { key: 'until', title: t('至', 'Until'), cell: (b) => <When at={b.until_on} due /> },
          {
            key: 'do',
            title: t('操作', 'Actions'),
            cell: (b) =>
              may && b.state === 'listed' ? (
                <Space size={4}>
                  <Button
                    size="small"
                    onClick={() => {
                      setReason(b.reason)
                      publicise.show(b.id)
                    }}
                  >
                    {t('拟公示', 'Publish')}
                  </Button>
                  <Button size="small" danger onClick={() => remove.show(b.id)}>
                    {t('移出', 'Take off')}
                  </Button>
                </Space>
              ) : (
                '—'
              ),
          },
        ]}
        keyOf={(b) => b.id}
        linkOf={(b) => `/inspection/credit/${b.subject_id}`}
        empty={{
          title: t('黑名单是空的', 'Nobody is on the blacklist'),
          hint: t('点右上角“列入黑名单”。', 'Put somebody on it at the top right.'),
        }}
      />
      <SanctionForm form={deeds.remove} url={remove} id={remove.subject} />
      <SanctionForm
        form={making.publiciseEntry}
        url={publicise}
        extra={{ kind: 'blacklist', record: publicise.subject }}
        known={{ ...(reason && { text: reason }) }}
      />
    </>
  )
}
